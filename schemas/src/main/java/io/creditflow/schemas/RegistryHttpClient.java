package io.creditflow.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one request to a registry. It tries the addresses in turn, with growing pauses between
 * rounds, until one of them answers or the time is up.
 *
 * <p>Success is an answer, and so is a refusal that carries a registry's {@code error_code}. A
 * plain 404 is not an answer: it comes from a wrong path or a proxy, and treating it as "no such
 * schema" would reject valid events.
 */
final class RegistryHttpClient {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryHttpClient.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REGISTRY_JSON = "application/vnd.schemaregistry.v1+json";
  private static final int ANSWER_BYTES_MAX = 8 << 20;

  /** For this long after a failure, an address is not asked to confirm a refusal. */
  private static final Duration DOUBTED = Duration.ofSeconds(10);

  private final RegistryConfig config;
  private final HttpClient client;
  private final List<Address> addresses = new ArrayList<>();
  private volatile int preferred;

  RegistryHttpClient(RegistryConfig config) {
    this.config = config;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(config.connectTimeout());
    config.tls().ifPresent(builder::sslContext);
    this.client = builder.build();
    config.endpoints().forEach(endpoint -> addresses.add(new Address(endpoint)));
  }

  /**
   * A registry's answer.
   *
   * @param from the address that answered
   * @param errorCode 0 on success, else Confluent's error code or the HTTP status
   */
  record Answer(URI from, int errorCode, JsonNode body) {
    boolean isYes() {
      return errorCode == 0;
    }

    /** The registry's reason for a refusal, with its address and error code. */
    String explanation() {
      return from
          + " says: "
          + body.path("message").asText("no reason given")
          + " (error "
          + errorCode
          + ")";
    }
  }

  Answer get(String path) {
    return ask(path, null);
  }

  Answer post(String path, String json) {
    return ask(path, json);
  }

  private Answer ask(String path, String json) {
    long deadline = System.nanoTime() + config.callTimeout().toNanos();
    Failure failure = null;
    for (int round = 0; round <= config.retriesMax(); round++) {
      if (round > 0 && !pause(round, deadline)) {
        break;
      }
      Answer no = null;
      int first = preferred;
      for (int i = 0; i < addresses.size(); i++) {
        int index = (first + i) % addresses.size();
        Address address = addresses.get(index);
        if (no != null && address.isDoubted()) {
          continue;
        }
        try {
          Answer answer = askOne(address, path, json, deadline);
          preferred = index;
          if (answer.isYes() || answer.errorCode() / 100 != 404) {
            return answer;
          }
          // This replica may lag behind the one where the schema has just been registered.
          no = answer;
        } catch (Failure e) {
          address.doubt();
          LOG.debug("Schema registry: {}", e.getMessage());
          failure = e;
          if (e.hopeless) {
            throw unavailable(e);
          }
        }
      }
      if (no != null) {
        return no;
      }
    }
    throw unavailable(failure);
  }

  private Answer askOne(Address address, String path, String json, long deadline) throws Failure {
    URI uri = URI.create(address.endpoint.base() + path);
    long nanos = Math.min(config.readTimeout().toNanos(), deadline - System.nanoTime());
    if (nanos <= 0) {
      throw new Failure(uri, "no time left", null);
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).header("Accept", REGISTRY_JSON + ", application/json;q=0.5");
    address.endpoint.authorization().ifPresent(value -> request.header("Authorization", value));
    if (json != null) {
      request.header("Content-Type", REGISTRY_JSON).POST(BodyPublishers.ofString(json));
    }
    // Not send() with request.timeout(): before JDK 26 that timeout ends when the headers arrive,
    // so a body that never ends would block a stream thread forever.
    CompletableFuture<HttpResponse<byte[]>> reply =
        client.sendAsync(request.build(), info -> new BoundedBody(ANSWER_BYTES_MAX));
    try {
      return judge(uri, address, reply.get(nanos, TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      reply.cancel(true);
      throw new Failure(uri, "no answer within " + nanos / 1_000_000 + " ms", e);
    } catch (ExecutionException e) {
      throw new Failure(uri, describe(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      reply.cancel(true);
      Thread.currentThread().interrupt();
      throw new Failure(uri, "interrupted while waiting", e).hopeless();
    }
  }

  private static Answer judge(URI uri, Address address, HttpResponse<byte[]> reply) throws Failure {
    int status = reply.statusCode();
    if (status == 401 || status == 403) {
      throw new Failure(uri, "status " + status + ": it refuses our credentials", null).hopeless();
    }
    JsonNode body;
    try {
      body = JSON.readTree(reply.body());
    } catch (IOException e) {
      throw new Failure(uri, "status " + status + " and no JSON", e);
    }
    if (body == null || !body.isObject()) {
      throw new Failure(uri, "status " + status + " and no JSON object", null);
    }
    int errorCode = body.path("error_code").asInt(status);
    if (status == 200) {
      return new Answer(address.endpoint.base(), 0, body);
    }
    boolean no = status == 409 || status == 422 || (status == 404 && errorCode / 100 == 404);
    if (no) {
      return new Answer(address.endpoint.base(), errorCode, body);
    }
    throw new Failure(uri, "status " + status + ": " + body.path("message").asText(""), null);
  }

  private static String describe(Throwable cause) {
    if (cause instanceof ConnectException) {
      return "no connection";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /**
   * Waits before a retry, twice as long each round. Returns false if the time left is too short or
   * the thread was interrupted.
   */
  private boolean pause(int round, long deadline) {
    long most =
        Math.min(
            config.retryWait().toMillis() << Math.min(round - 1, 20),
            config.retryWaitMax().toMillis());
    // Jitter, so that instances that lost the registry together do not all retry at once.
    long millis = ThreadLocalRandom.current().nextLong(most / 2, most + 1);
    if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis) >= deadline) {
      return false;
    }
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private RegistryUnavailableException unavailable(Failure failure) {
    return new RegistryUnavailableException(
        "The schema registry gave no usable answer: "
            + failure.getMessage()
            + ". No event is lost; retry later. If this persists, check that "
            + RegistryConfig.URL
            + " = "
            + config.endpoints()
            + " is correct and reachable, and check its credentials.",
        failure);
  }

  /** One address, and until when it counts as unreliable. */
  private static final class Address {
    final RegistryConfig.Endpoint endpoint;
    private volatile long doubtedUntil = System.nanoTime();

    Address(RegistryConfig.Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    void doubt() {
      doubtedUntil = System.nanoTime() + DOUBTED.toNanos();
    }

    boolean isDoubted() {
      return doubtedUntil - System.nanoTime() > 0;
    }
  }

  /** One address gave no answer to one request. */
  private static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;
    private boolean hopeless;

    Failure(URI uri, String what, Throwable cause) {
      super(uri + ": " + what, cause);
    }

    /** Marks a failure that an immediate retry cannot fix. */
    Failure hopeless() {
      hopeless = true;
      return this;
    }
  }
}
