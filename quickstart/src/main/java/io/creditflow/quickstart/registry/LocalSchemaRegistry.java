package io.creditflow.quickstart.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry for one machine, which stores its schemas in a file. It implements the part of
 * Confluent's REST API that producers, consumers and command-line users need. It never deletes
 * schemas.
 */
public final class LocalSchemaRegistry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalSchemaRegistry.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final String LEVEL = "BACKWARD";

  static {
    // Without this, head and body are sent in two packets, and each response waits 40 ms for the
    // client's delayed ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final SchemaStore store;
  private final HttpServer server;
  private final ExecutorService workers;

  private LocalSchemaRegistry(SchemaStore store, HttpServer server, ExecutorService workers) {
    this.store = store;
    this.server = server;
    this.workers = workers;
  }

  /**
   * Serves the schemas in the file on 127.0.0.1.
   *
   * @param file the file with the schemas; created at the first registration
   * @param port the port, or 0 for any free port
   */
  public static LocalSchemaRegistry start(Path file, int port) {
    SchemaStore store = new SchemaStore(file);
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      ExecutorService workers = Executors.newFixedThreadPool(4, LocalSchemaRegistry::workerThread);
      LocalSchemaRegistry registry = new LocalSchemaRegistry(store, server, workers);
      server.setExecutor(workers);
      server.createContext("/", registry::handle);
      server.start();
      return registry;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot serve the schema registry on port " + port, e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }

  private static Thread workerThread(Runnable work) {
    Thread thread = new Thread(work, "schema-registry");
    thread.setDaemon(true);
    return thread;
  }

  private void handle(HttpExchange exchange) throws IOException {
    int status = 200;
    Object answer;
    try {
      answer = answer(RegistryRequest.of(exchange));
    } catch (RegistryException refused) {
      status = refused.status();
      answer = error(refused.errorCode(), refused.getMessage());
    } catch (RuntimeException failed) {
      LOG.error(
          "The schema registry could not answer {} {}",
          exchange.getRequestMethod(),
          exchange.getRequestURI(),
          failed);
      status = 500;
      answer = error(50001, "Error in the backend data store: " + failed.getMessage());
    }
    byte[] body = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPE);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** All routes. */
  private Object answer(RegistryRequest request) {
    List<String> path = request.path();
    String first = path.isEmpty() ? "" : path.get(0);
    return switch (first) {
      case "" -> Map.of();
      case "subjects" -> subjects(request, path);
      case "schemas" -> schemas(request, path);
      case "compatibility" -> compatibility(request, path);
      case "config" -> config(request);
      case "mode" -> request.only("GET", Map.of("mode", "READWRITE"));
      default -> throw RegistryException.noSuchPath(request.rawPath());
    };
  }

  private Object subjects(RegistryRequest request, List<String> path) {
    if (path.size() == 1) {
      return request.only("GET", store.subjects());
    }
    String subject = path.get(1);
    boolean versions = path.size() > 2 && path.get(2).equals("versions");
    if (path.size() == 2) {
      request.require("POST");
      return describe(store.lookup(subject, schemaIn(request), request.flag("normalize")));
    }
    if (versions && path.size() == 3 && request.is("POST")) {
      return Map.of("id", store.register(subject, schemaIn(request), request.flag("normalize")));
    }
    request.require("GET");
    if (versions && path.size() == 3) {
      int count = store.versionCount(subject);
      return IntStream.rangeClosed(1, count).boxed().toList();
    }
    if (versions && path.size() == 4) {
      return describe(version(subject, path.get(3)));
    }
    if (versions && path.size() == 5 && path.get(4).equals("schema")) {
      return tree(version(subject, path.get(3)).schema());
    }
    throw RegistryException.noSuchPath(request.rawPath());
  }

  private Object schemas(RegistryRequest request, List<String> path) {
    request.require("GET");
    if (path.equals(List.of("schemas", "types"))) {
      return List.of("AVRO");
    }
    if (path.size() < 3 || path.size() > 4 || !path.get(1).equals("ids")) {
      throw RegistryException.noSuchPath(request.rawPath());
    }
    int id = number(path.get(2)).orElseThrow(RegistryException::schemaNotFound);
    return switch (path.size() == 3 ? "" : path.get(3)) {
      case "" -> Map.of("schema", store.byId(id).toString());
      case "schema" -> tree(store.byId(id));
      case "subjects" -> store.uses(id).stream().map(SchemaStore.SubjectVersion::subject).toList();
      case "versions" ->
          store.uses(id).stream()
              .map(use -> Map.of("subject", use.subject(), "version", use.version()))
              .toList();
      default -> throw RegistryException.noSuchPath(request.rawPath());
    };
  }

  private Object compatibility(RegistryRequest request, List<String> path) {
    request.require("POST");
    if (path.size() != 5 || !path.get(1).equals("subjects") || !path.get(3).equals("versions")) {
      throw RegistryException.noSuchPath(request.rawPath());
    }
    Schema writer = version(path.get(2), path.get(4)).schema();
    List<String> reasons = SchemaStore.incompatibilities(schemaIn(request), writer);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("is_compatible", reasons.isEmpty());
    if (request.flag("verbose")) {
      answer.put("messages", reasons);
    }
    return answer;
  }

  private static Object config(RegistryRequest request) {
    if (request.is("PUT")) {
      String level = request.body().path("compatibility").asText("");
      if (!level.equals(LEVEL)) {
        throw RegistryException.invalidCompatibility(level);
      }
      return Map.of("compatibility", LEVEL);
    }
    return request.only("GET", Map.of("compatibilityLevel", LEVEL));
  }

  private SchemaStore.SubjectVersion version(String subject, String version) {
    if (version.equals("latest") || version.equals("-1")) {
      return store.version(subject, store.versionCount(subject));
    }
    int number =
        number(version)
            .filter(n -> n >= 1)
            .orElseThrow(() -> RegistryException.invalidVersion(version));
    return store.version(subject, number);
  }

  private static Schema schemaIn(RegistryRequest request) {
    JsonNode body = request.body();
    if (!body.path("schemaType").asText("AVRO").equals("AVRO")) {
      throw RegistryException.invalidSchema("this registry supports only AVRO");
    }
    if (!body.path("references").isEmpty()) {
      throw RegistryException.invalidSchema("this registry does not support references");
    }
    if (!body.path("schema").isTextual()) {
      throw RegistryException.invalidSchema("the body has no \"schema\"");
    }
    return SchemaStore.parse(body.path("schema").asText());
  }

  private static Object describe(SchemaStore.SubjectVersion version) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("subject", version.subject());
    answer.put("version", version.version());
    answer.put("id", version.id());
    answer.put("schema", version.schema().toString());
    return answer;
  }

  private static JsonNode tree(Schema schema) {
    try {
      return JSON.readTree(schema.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro printed a schema that is not JSON", e);
    }
  }

  private static Optional<Integer> number(String text) {
    try {
      return Optional.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Map<String, Object> error(int code, String message) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("error_code", code);
    error.put("message", String.valueOf(message));
    return error;
  }
}
