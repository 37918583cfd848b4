package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The HTTP API as a client of it would use it. */
final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;
  private final String token;

  Api(String url, String token) {
    this.url = url;
    this.token = token;
  }

  String url() {
    return url;
  }

  /** The body of a 200. */
  JsonNode get(String path) throws Exception {
    HttpResponse<String> response = send(path);
    assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  /** Everything of a list, page by page. */
  List<JsonNode> all(String path) throws Exception {
    List<JsonNode> items = new ArrayList<>();
    String cursor = "";
    do {
      String more = cursor.isEmpty() ? "" : "&cursor=" + encode(cursor);
      JsonNode page = get(path + (path.contains("?") ? "&" : "?") + "limit=500" + more);
      page.path("items").forEach(items::add);
      cursor = page.path("nextCursor").asText("");
    } while (!cursor.isEmpty() && !cursor.equals("null"));
    return items;
  }

  /** Waits until the workspace's numbers reflect all that was appended before the instant. */
  void awaitReflected(String workspaceId, Instant appended) throws Exception {
    String path = "/v1/workspaces/" + encode(workspaceId) + "/credits";
    Await.until(
        "the answers of " + workspaceId + " reflect everything before " + appended,
        Duration.ofSeconds(90),
        () -> {
          HttpResponse<String> response = send(path);
          if (response.statusCode() != 200) {
            return false;
          }
          Instant asOf = Instant.parse(JSON.readTree(response.body()).path("asOf").asText());
          return asOf.isAfter(appended);
        });
  }

  boolean isReady() throws InterruptedException {
    try {
      return send("/health/ready").statusCode() == 200;
    } catch (IOException notListening) {
      return false;
    }
  }

  private HttpResponse<String> send(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "Bearer " + token)
            .timeout(Duration.ofSeconds(30))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
