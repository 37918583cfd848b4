package io.creditflow.api.peer;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests to other instances over their management ports. An instance that did not answer is
 * not asked again for a second, so that only one caller waits for a dead or frozen instance.
 */
public final class PeerClient {
  /** The path prefix of the routes for other instances; the public path follows it. */
  public static final String PREFIX = "/peer";

  public static final String SECRET_HEADER = "Creditflow-Peer-Secret";

  /** A header of a 503: this instance does not hold the partition, but another may. */
  public static final String NOT_HERE_HEADER = "Creditflow-Not-Local";

  private static final long BACKOFF_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final Optional<String> secret;
  private final long timeoutMillis;
  private final Map<String, Long> failedAtNanos = new ConcurrentHashMap<>();

  public PeerClient(Optional<String> secret, Duration timeout) {
    this.secret = secret;
    this.timeoutMillis = timeout.toMillis();
  }

  /**
   * Sends a request to one instance. It answers from its own state or fails, and never forwards.
   *
   * @param address {@code host:port}
   * @param path the public path and query, encoded
   * @param headers request headers; values must not be null
   * @param millisLeft the maximum time to wait, in milliseconds; the peer timeout also applies
   * @throws PeerUnavailableException if the instance cannot answer, or answers 500 or above
   */
  public HttpResponse<byte[]> get(
      String address, String path, Map<String, String> headers, long millisLeft) {
    HttpRequest.Builder request = request(address, path);
    headers.forEach(request::header);
    secret.ifPresent(value -> request.header(SECRET_HEADER, value));
    HttpResponse<byte[]> answer = send(address, request.build(), millisLeft);
    if (answer.statusCode() >= 500) {
      throw new PeerUnavailableException(
          address
              + (answer.headers().firstValue(NOT_HERE_HEADER).isPresent()
                  ? " does not hold it"
                  : " answered " + answer.statusCode()));
    }
    return answer;
  }

  private static HttpRequest.Builder request(String address, String path) {
    try {
      return HttpRequest.newBuilder(URI.create("http://" + address + PREFIX + path));
    } catch (IllegalArgumentException e) {
      throw new PeerUnavailableException(address + " is not a valid address", e);
    }
  }

  private HttpResponse<byte[]> send(String address, HttpRequest request, long millisLeft) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      HttpResponse<byte[]> response =
          answer.get(Math.min(timeoutMillis, millisLeft), TimeUnit.MILLISECONDS);
      failedAtNanos.remove(address);
      return response;
    } catch (ExecutionException e) {
      failedAtNanos.put(address, System.nanoTime());
      throw new PeerUnavailableException(address + " cannot be reached", e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      failedAtNanos.put(address, System.nanoTime());
      throw new PeerUnavailableException(address + " does not answer in time", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new PeerUnavailableException("stopping", e);
    }
  }

  /** Whether the instance has failed to answer within the last second. */
  boolean isBackedOff(String address) {
    Long failed = failedAtNanos.get(address);
    return failed != null && System.nanoTime() - failed < BACKOFF_NANOS;
  }
}
