package io.creditflow.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A client of the Confluent Schema Registry REST API, for Confluent's registry, Apicurio ({@code
 * /apis/ccompat/v7}), Karapace and Redpanda. Thread-safe.
 *
 * <p>Schemas found by id are cached without expiry. Unknown ids are cached for a few seconds: many
 * records with the same bad id cause one request in that time, and an id that is registered later
 * is found.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
  private static final int REFERENCES_MAX = 100;

  /** Confluent's error code for "schema not found"; other registries use it, too. */
  private static final int SCHEMA_NOT_FOUND = 40403;

  private final RegistryHttpClient http;
  private final LruCache<Integer, Schema> byId;
  private final LruCache<Subject, Integer> ids;
  private final LruCache<Integer, UnknownId> unknown;
  private final long unknownTtlNanos;

  public HttpSchemaRegistry(RegistryConfig config) {
    this.http = new RegistryHttpClient(config);
    this.byId = new LruCache<>(config.schemasMax());
    this.ids = new LruCache<>(config.schemasMax());
    this.unknown = new LruCache<>(config.unknownIdsMax());
    this.unknownTtlNanos = config.unknownIdTtl().toNanos();
  }

  /** Reads the settings that {@link RegistryConfig} lists. */
  public HttpSchemaRegistry(Map<String, ?> configs) {
    this(RegistryConfig.from(configs));
  }

  @Override
  public Schema schemaById(int id) {
    Schema known = byId.get(id);
    if (known != null) {
      return known;
    }
    UnknownId recently = unknown.get(id);
    if (recently != null && System.nanoTime() - recently.sinceNanos() < unknownTtlNanos) {
      throw new UnknownSchemaException(recently.why());
    }
    return refetchSchemaById(id);
  }

  @Override
  public Schema refetchSchemaById(int id) {
    try {
      Schema schema = fetch(id);
      byId.put(id, schema);
      unknown.remove(id);
      return schema;
    } catch (UnknownSchemaException e) {
      unknown.put(id, new UnknownId(System.nanoTime(), e.getMessage()));
      throw e;
    }
  }

  @Override
  public int register(String subject, Schema schema) {
    return idOf("/subjects/" + escape(subject) + "/versions", subject, schema, true);
  }

  @Override
  public int lookUp(String subject, Schema schema) {
    return idOf("/subjects/" + escape(subject), subject, schema, false);
  }

  @Override
  public Registered latest(String subject) {
    String path = "/subjects/" + escape(subject) + "/versions/latest";
    RegistryHttpClient.Answer answer = http.get(path);
    if (!answer.isYes()) {
      throw new SchemaRejectedException(
          "Subject " + subject + " has no schema: " + answer.explanation());
    }
    return new Registered(idIn(answer), schemaIn(answer, "subject " + subject));
  }

  private Schema fetch(int id) {
    if (id < 0) {
      throw new UnknownSchemaException("schema id " + id + " is negative, which no schema has");
    }
    RegistryHttpClient.Answer answer = http.get("/schemas/ids/" + id);
    if (answer.errorCode() == SCHEMA_NOT_FOUND) {
      throw new UnknownSchemaException(
          "schema id " + id + " is not known: " + answer.explanation());
    }
    if (!answer.isYes()) {
      throw new RegistryUnavailableException(
          "Asked for schema id "
              + id
              + ", the registry gave no usable answer: "
              + answer.explanation(),
          null);
    }
    return schemaIn(answer, "schema id " + id);
  }

  private int idOf(String path, String subject, Schema schema, boolean registering) {
    Schema plain = SourceSchema.of(schema);
    Subject key = new Subject(subject, plain, registering);
    Integer known = ids.get(key);
    if (known != null) {
      return known;
    }
    String json = JsonNodeFactory.instance.objectNode().put("schema", plain.toString()).toString();
    RegistryHttpClient.Answer answer = http.post(path, json);
    if (!answer.isYes()) {
      throw new SchemaRejectedException(
          (registering
                  ? "Schema " + plain.getFullName() + " may not be registered under "
                  : "Schema " + plain.getFullName() + " is not registered under ")
              + subject
              + ": "
              + answer.explanation());
    }
    int id = idIn(answer);
    ids.put(key, id);
    return id;
  }

  private Schema schemaIn(RegistryHttpClient.Answer answer, String what) {
    try {
      Schema.Parser parser = SourceSchema.lenientParser();
      return parse(answer, parser, new int[] {REFERENCES_MAX});
    } catch (AvroRuntimeException e) {
      throw new UnknownSchemaException(what + " is not an Avro schema: " + e.getMessage());
    }
  }

  /**
   * Parses the schemas that a schema refers to and then the schema itself; the parser resolves the
   * references by name.
   */
  private Schema parse(
      RegistryHttpClient.Answer answer, Schema.Parser parser, int[] referencesLeft) {
    String type = answer.body().path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new AvroRuntimeException("it is of type " + type);
    }
    for (JsonNode reference : answer.body().path("references")) {
      if (--referencesLeft[0] < 0) {
        throw new AvroRuntimeException("it has more than " + REFERENCES_MAX + " references");
      }
      if (!parser.getTypes().containsKey(reference.path("name").asText())) {
        parse(referred(reference), parser, referencesLeft);
      }
    }
    JsonNode schema = answer.body().path("schema");
    if (!schema.isTextual()) {
      throw notARegistry(answer, "schema");
    }
    return parser.parse(schema.asText());
  }

  private RegistryHttpClient.Answer referred(JsonNode reference) {
    String subject = reference.path("subject").asText();
    int version = reference.path("version").asInt();
    RegistryHttpClient.Answer answer =
        http.get("/subjects/" + escape(subject) + "/versions/" + version);
    if (!answer.isYes()) {
      throw new AvroRuntimeException(
          "it refers to " + subject + " version " + version + ": " + answer.explanation());
    }
    return answer;
  }

  private static int idIn(RegistryHttpClient.Answer answer) {
    JsonNode id = answer.body().path("id");
    if (!id.canConvertToInt()) {
      throw notARegistry(answer, "id");
    }
    return id.asInt();
  }

  private static RegistryUnavailableException notARegistry(
      RegistryHttpClient.Answer answer, String key) {
    return new RegistryUnavailableException(
        answer.from()
            + " answered 200 without \""
            + key
            + "\": it is not a schema registry, or the path in "
            + RegistryConfig.URL
            + " is wrong",
        null);
  }

  private static String escape(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private record Subject(String name, Schema schema, boolean registered) {}

  private record UnknownId(long sinceNanos, String why) {}
}
