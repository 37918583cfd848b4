package io.creditflow.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.creditflow.testkit.FreePorts;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A real registry over real HTTP, as far as serializers use one, that can be made to fail.
 *
 * <p>Answers as Confluent's does, error codes included. Faults are queued: each spoils one request.
 */
final class FakeRegistryServer implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What happens to a request instead of an answer. */
  interface Fault {
    void spoil(HttpExchange exchange) throws IOException;
  }

  private final String basePath;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<ObjectNode> schemas = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new LinkedHashMap<>();
  private final Queue<Fault> faults = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private String requiredAuthorization;
  private boolean refusing;

  FakeRegistryServer() throws IOException {
    this("", HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  FakeRegistryServer(String basePath) throws IOException {
    this(
        basePath, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  FakeRegistryServer(String basePath, HttpServer server) {
    this.basePath = basePath;
    this.server = server;
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + port() + basePath;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The next request goes wrong. */
  synchronized void fail(Fault fault) {
    faults.add(fault);
  }

  /** The next {@code times} requests are answered with a status and a body. */
  void fail(int times, int status, String body) {
    for (int i = 0; i < times; i++) {
      fail(exchange -> send(exchange, status, body));
    }
  }

  /** Every registration is refused as incompatible from here on. */
  synchronized void refuseRegistrations() {
    refusing = true;
  }

  synchronized void requireAuthorization(String header) {
    requiredAuthorization = header;
  }

  /** Method and path of every request so far. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** Registers without HTTP. */
  synchronized int add(String subject, String schema) {
    return add(subject, JSON.createObjectNode().put("schema", schema));
  }

  synchronized int add(String subject, ObjectNode entry) {
    entry.remove("version");
    if (!schemas.contains(entry)) {
      schemas.add(entry);
    }
    int id = schemas.indexOf(entry) + 1;
    List<Integer> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
    if (!versions.contains(id)) {
      versions.add(id);
    }
    return id;
  }

  private void handle(HttpExchange exchange) throws IOException {
    Fault fault;
    synchronized (this) {
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
      fault = faults.poll();
    }
    if (fault != null) {
      fault.spoil(exchange);
      return;
    }
    String path = exchange.getRequestURI().getRawPath();
    String sent = exchange.getRequestHeaders().getFirst("Authorization");
    if (!path.startsWith(basePath)) {
      send(exchange, 404, "<html>no such page</html>");
    } else if (requiredAuthorization != null && !requiredAuthorization.equals(sent)) {
      error(exchange, 401, 40101, "Unauthorized");
    } else {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      route(exchange, path.substring(basePath.length()).split("/"), body);
    }
  }

  private synchronized void route(HttpExchange exchange, String[] path, String body)
      throws IOException {
    boolean posting = exchange.getRequestMethod().equals("POST");
    if (path.length == 4 && path[1].equals("schemas") && path[2].equals("ids")) {
      int id = Integer.parseInt(path[3]);
      if (id < 1 || id > schemas.size()) {
        error(exchange, 404, 40403, "Schema " + id + " not found");
      } else {
        send(exchange, 200, schemas.get(id - 1).toString());
      }
      return;
    }
    if (path.length < 3 || !path[1].equals("subjects")) {
      error(exchange, 404, 404, "HTTP 404 Not Found");
      return;
    }
    String subject = URLDecoder.decode(path[2], StandardCharsets.UTF_8);
    if (posting && refusing) {
      error(exchange, 409, 409, "Schema being registered is incompatible with an earlier schema");
    } else if (posting && path.length == 4) {
      send(exchange, 200, "{\"id\":" + add(subject, entry(body)) + "}");
    } else if (!subjects.containsKey(subject)) {
      error(exchange, 404, 40401, "Subject '" + subject + "' not found.");
    } else if (posting) {
      int id = schemas.indexOf(entry(body)) + 1;
      if (subjects.get(subject).contains(id)) {
        sendVersion(exchange, subject, subjects.get(subject).indexOf(id) + 1);
      } else {
        error(exchange, 404, 40403, "Schema not found");
      }
    } else {
      int last = subjects.get(subject).size();
      sendVersion(exchange, subject, path[4].equals("latest") ? last : Integer.parseInt(path[4]));
    }
  }

  private static ObjectNode entry(String body) throws IOException {
    JsonNode sent = JSON.readTree(body);
    ObjectNode entry = JSON.createObjectNode().put("schema", sent.path("schema").asText());
    if (sent.path("references") instanceof ArrayNode references && !references.isEmpty()) {
      entry.set("references", references);
    }
    return entry;
  }

  private void sendVersion(HttpExchange exchange, String subject, int version) throws IOException {
    int id = subjects.get(subject).get(version - 1);
    ObjectNode answer = schemas.get(id - 1).deepCopy();
    answer.put("subject", subject).put("version", version).put("id", id);
    send(exchange, 200, answer.toString());
  }

  private static void error(HttpExchange exchange, int status, int code, String message)
      throws IOException {
    ObjectNode body = JSON.createObjectNode().put("error_code", code).put("message", message);
    send(exchange, status, body.toString());
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** An address where nobody listens. */
  static URI nobody() {
    return URI.create("http://127.0.0.1:" + FreePorts.take());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
