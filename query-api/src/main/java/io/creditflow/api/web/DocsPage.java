package io.creditflow.api.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Renders the OpenAPI document as one HTML page without scripts and external resources. */
final class DocsPage {
  private final JsonNode document;
  private final StringBuilder html = new StringBuilder(32_000);

  DocsPage(JsonNode document) {
    this.document = document;
  }

  String html() {
    JsonNode info = document.get("info");
    html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<title>Creditflow API</title>")
        .append("<link rel=\"stylesheet\" href=\"/docs/style.css\"></head>\n<body>\n");
    html.append("<h1>Creditflow API</h1>\n");
    paragraph(text(info, "summary"));
    paragraph(text(info, "description"));
    html.append("<p>For programs: <a href=\"/openapi.json\"><code>/openapi.json</code></a>")
        .append(" (OpenAPI 3.1).</p>\n");
    html.append("<h2 id=\"tokens\">Tokens</h2>\n");
    paragraph("Send Authorization: Bearer and a JWT.");
    paragraph(text(document.at("/components/securitySchemes/token"), "description"));
    contents();
    for (JsonNode tag : document.get("tags")) {
      section(tag);
    }
    bodies();
    problems();
    return html.append("</body></html>\n").toString();
  }

  private void contents() {
    html.append("<nav aria-label=\"Calls\"><ul>\n");
    operations()
        .forEach(
            call ->
                html.append("<li><a href=\"#")
                    .append(call.id())
                    .append("\">")
                    .append(escape(call.operation().get("summary").asText()))
                    .append("</a></li>\n"));
    html.append("</ul></nav>\n");
  }

  private record Operation(String path, String id, JsonNode operation) {}

  private List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      JsonNode operation = path.getValue().get("get");
      all.add(new Operation(path.getKey(), operation.get("operationId").asText(), operation));
    }
    return all;
  }

  private void section(JsonNode tag) {
    String name = tag.get("name").asText();
    html.append("<h2>").append(escape(name)).append("</h2>\n");
    paragraph(text(tag, "description"));
    for (Operation call : operations()) {
      if (call.operation().get("tags").get(0).asText().equals(name)) {
        call(call);
      }
    }
  }

  private void call(Operation call) {
    html.append("<h3 id=\"").append(call.id()).append("\">");
    html.append(escape(call.operation().get("summary").asText())).append("</h3>\n");
    html.append("<p><span class=\"method\">GET</span> <code>")
        .append(escape(call.path()))
        .append("</code></p>\n");
    paragraph(text(call.operation(), "description"));
    List<JsonNode> parameters = new ArrayList<>();
    call.operation().path("parameters").forEach(one -> parameters.add(resolved(one)));
    parameters.removeIf(one -> one.get("in").asText().equals("header"));
    if (!parameters.isEmpty()) {
      tableHead("parameter", "values", "meaning");
      for (JsonNode parameter : parameters) {
        row(
            parameter.get("name").asText(),
            values(parameter.get("schema")),
            text(parameter, "description"));
      }
      html.append("</tbody></table></div>\n");
    }
    JsonNode schema = call.operation().at("/responses/200/content/application~1json/schema");
    html.append("<p>Answers ").append(values(schema)).append(".</p>\n");
  }

  private void bodies() {
    html.append("<h2>Bodies</h2>\n");
    for (Map.Entry<String, JsonNode> schema : document.at("/components/schemas").properties()) {
      html.append("<h3 id=\"").append(schema.getKey()).append("\">");
      html.append(schema.getKey()).append("</h3>\n");
      paragraph(text(schema.getValue(), "description"));
      tableHead("field", "values", "meaning");
      for (Map.Entry<String, JsonNode> field : schema.getValue().path("properties").properties()) {
        row(field.getKey(), values(field.getValue()), text(field.getValue(), "description"));
      }
      html.append("</tbody></table></div>\n");
    }
  }

  private void problems() {
    html.append("<h2>Problems</h2>\n");
    tableHead("kind", "status", "when");
    String[][] kinds = {
      {"bad-request", "400", "The request itself is malformed."},
      {"bad-parameters", "400", "Parameters are unknown, repeated or unusable; errors names each."},
      {"unauthorized", "401", "No token, or one that is not to be trusted."},
      {"forbidden", "403", "The token does not cover the workspace or lacks the permission."},
      {"not-found", "404", "No such address, workspace or campaign."},
      {"method-not-allowed", "405", "Everything here is read with GET or HEAD."},
      {"timeout", "408", "The request took too long to arrive."},
      {"content-too-large", "413", "Nothing here takes a body."},
      {"uri-too-long", "414", "The address is longer than configured."},
      {"headers-too-large", "431", "The headers are larger than configured."},
      {"unexpected", "500", "A defect on this side; instance names it in the log."},
      {"unavailable", "503", "Nobody can answer just now; Retry-After says when to try again."},
      {"error", "other", "The request cannot be answered."},
    };
    for (String[] kind : kinds) {
      html.append("<tr id=\"").append(kind[0]).append("\"><td><code>").append(kind[0]);
      html.append("</code></td><td>").append(kind[1]).append("</td><td>");
      html.append(escape(kind[2])).append("</td></tr>\n");
    }
    html.append("</tbody></table></div>\n");
  }

  private void tableHead(String... columns) {
    html.append("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>");
    for (String column : columns) {
      html.append("<th scope=\"col\">").append(column).append("</th>");
    }
    html.append("</tr></thead><tbody>\n");
  }

  private void row(String name, String valuesHtml, String meaning) {
    html.append("<tr><td><code>").append(escape(name)).append("</code></td><td>");
    html.append(valuesHtml).append("</td><td>").append(escape(meaning)).append("</td></tr>\n");
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  /** The valid values of a schema as HTML: a short text, or a link to the schema on the page. */
  private String values(JsonNode schema) {
    if (schema.has("$ref")) {
      String name = schema.get("$ref").asText().replaceAll(".*/", "");
      return "<a href=\"#" + name + "\">" + name + "</a>";
    }
    if (schema.has("oneOf")) {
      return joined(schema.get("oneOf").elements());
    }
    if (schema.has("enum")) {
      return joined(schema.get("enum").elements());
    }
    if (schema.path("type").asText().equals("array")) {
      return "list of " + values(schema.get("items"));
    }
    String bounds =
        schema.has("maximum") ? " " + schema.get("minimum") + " to " + schema.get("maximum") : "";
    String format = schema.has("format") ? " (" + schema.get("format").asText() + ")" : "";
    JsonNode type = schema.path("type");
    String name = type.isArray() ? joined(type.elements()) : escape(type.asText());
    return name + escape(format + bounds);
  }

  private String joined(Iterator<JsonNode> elements) {
    List<String> parts = new ArrayList<>();
    elements.forEachRemaining(
        one -> parts.add(one.isObject() ? values(one) : escape(one.asText())));
    return String.join(" or ", parts);
  }

  private void paragraph(String text) {
    if (!text.isEmpty()) {
      html.append("<p>").append(escape(text)).append("</p>\n");
    }
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }

  private static String escape(String text) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return safe.replace("\"", "&quot;").replaceAll("`([^`]*)`", "<code>$1</code>");
  }
}
