package io.creditflow.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A client of one instance's HTTP API. */
public final class ApiClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PAGE = 500;

  private final String url;
  private final String token;

  /**
   * @param url the instance's URL, without a path
   * @param token a bearer token
   */
  public ApiClient(String url, String token) {
    this.url = url;
    this.token = token;
  }

  public String url() {
    return url;
  }

  public String token() {
    return token;
  }

  public HttpResponse<byte[]> get(String path) throws IOException {
    return get(path, PATIENCE);
  }

  /**
   * @throws IOException if no response arrives within {@code patience}
   */
  public HttpResponse<byte[]> get(String path, Duration patience) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "Bearer " + token)
            .timeout(patience)
            .build();
    try {
      return CLIENT.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * The body of a response with status 200.
   *
   * @throws AssertionError if the status is not 200; the message has the body
   */
  public String text(String path) throws IOException {
    HttpResponse<byte[]> response = get(path);
    String body = new String(response.body(), StandardCharsets.UTF_8);
    if (response.statusCode() != 200) {
      throw new AssertionError("GET " + path + " gave " + response.statusCode() + ": " + body);
    }
    return body;
  }

  /** As {@link #text}, parsed as JSON. */
  public JsonNode json(String path) throws IOException {
    return JSON.readTree(text(path));
  }

  /** All items of a list, read page by page. */
  public List<JsonNode> all(String path) throws IOException {
    String pages = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE;
    List<JsonNode> items = new ArrayList<>();
    String cursor = null;
    do {
      JsonNode page = json(cursor == null ? pages : pages + "&cursor=" + encode(cursor));
      page.path("items").forEach(items::add);
      cursor = page.path("nextCursor").textValue();
    } while (cursor != null);
    return items;
  }

  /** Waits until responses about the workspace reflect all records appended up to an instant. */
  public void awaitReflected(String workspaceId, Instant appended) {
    String path = "/v1/workspaces/" + encode(workspaceId) + "/credits";
    Await.until(
        "the answers of " + workspaceId + " reflect everything before " + appended,
        Duration.ofSeconds(90),
        () -> {
          HttpResponse<byte[]> response = get(path);
          if (response.statusCode() != 200) {
            return false;
          }
          Instant asOf = Instant.parse(JSON.readTree(response.body()).path("asOf").asText());
          return asOf.isAfter(appended);
        });
  }

  public boolean isReady() {
    try {
      return get("/health/ready", Duration.ofSeconds(5)).statusCode() == 200;
    } catch (IOException notListening) {
      return false;
    }
  }

  /** Encodes a path segment or a query value. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
