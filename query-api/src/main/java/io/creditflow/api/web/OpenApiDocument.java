package io.creditflow.api.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.api.http.ETags;
import io.creditflow.api.http.Gzip;
import io.creditflow.api.http.Request;
import io.creditflow.api.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Serves the OpenAPI document as {@code /openapi.json} and as the HTML page {@code /docs}. */
public final class OpenApiDocument {
  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";
  private static final String STYLE_ONLY =
      "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'";
  private static final String REVALIDATE = "private, no-cache";

  private final Response.Page json;
  private final Response.Page page;
  private final Response.Page style;

  private OpenApiDocument(byte[] document, byte[] html, byte[] css) {
    this.json = page(document, "application/json", NOTHING);
    this.page = page(html, "text/html; charset=utf-8", STYLE_ONLY);
    this.style = page(css, "text/css; charset=utf-8", NOTHING);
  }

  public static OpenApiDocument read() {
    try {
      byte[] document = resource("/api/openapi.json");
      JsonNode tree = new ObjectMapper().readTree(document);
      byte[] html = new DocsPage(tree).html().getBytes(StandardCharsets.UTF_8);
      return new OpenApiDocument(document, html, resource("/api/docs.css"));
    } catch (IOException e) {
      throw new UncheckedIOException("The API's description cannot be read", e);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = OpenApiDocument.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private static Response.Page page(byte[] content, String type, String policy) {
    return new Response.Page(
        content, Gzip.small(content), type, ETags.of(content), REVALIDATE, policy);
  }

  public Response json(Request request) {
    request.parameters().requireValidAndKnown();
    return json;
  }

  public Response page(Request request) {
    request.parameters().requireValidAndKnown();
    return page;
  }

  public Response style(Request request) {
    request.parameters().requireValidAndKnown();
    return style;
  }
}
