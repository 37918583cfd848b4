package io.creditflow.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** One instance's HTTP API, asked plainly. */
public final class HttpApi {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private final String url;
  private final String token;

  public HttpApi(String url, String token) {
    this.url = url;
    this.token = token;
  }

  public HttpResponse<byte[]> get(String path) throws IOException {
    return get(path, Duration.ofSeconds(20));
  }

  /**
   * @throws IOException if no answer came in that time
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

  public boolean isReady() {
    try {
      return get("/health/ready", Duration.ofSeconds(5)).statusCode() == 200;
    } catch (IOException notListening) {
      return false;
    }
  }
}
