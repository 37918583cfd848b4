package io.creditflow.api.auth;

import io.creditflow.schemas.BoundedBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys from a JWKS URL. They are fetched again after the refresh interval and, rate-limited, when a
 * token names an unknown key. While the URL is unavailable, the keys fetched last stay in use.
 *
 * <p>Fetches are asynchronous. Only a request whose token names an unknown key waits for a fetch,
 * and only if the previous fetch succeeded. Otherwise an unresponsive URL would block the API, and
 * tokens that name invented keys could occupy all request permits. Thread-safe.
 */
final class RemoteKeySource implements KeySource {
  private static final Duration UNKNOWN_KEY_EVERY = Duration.ofSeconds(10);
  private static final Duration RETRY_FIRST = Duration.ofSeconds(2);
  private static final Duration RETRY_MAX = Duration.ofSeconds(32);
  private static final Duration WARN_EVERY = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(RemoteKeySource.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI address;
  private final long refreshNanos;
  private final LongSupplier nanoTime;
  private final JwksReader reader;
  private volatile KeySet keys;
  private volatile CompletableFuture<Void> fetch = CompletableFuture.completedFuture(null);
  private volatile long startedAtNanos;
  private volatile int failures; // in a row
  private long warnedAtNanos;
  private byte[] text;

  /** Fetches the keys once and returns when that fetch has ended, also if it failed. */
  RemoteKeySource(URI address, Duration refresh, LongSupplier nanoTime) {
    this.address = address;
    this.refreshNanos = refresh.toNanos();
    this.nanoTime = nanoTime;
    this.reader = new JwksReader(address);
    this.startedAtNanos = nanoTime.getAsLong();
    this.fetch = fetch();
    awaitFetch();
  }

  @Override
  public KeySet current() {
    fetchUnlessStartedWithin(pauseNanos());
    KeySet now = keys;
    if (now == null) {
      throw new KeysUnavailableException("The keys at " + address + " could not be fetched yet.");
    }
    return now;
  }

  @Override
  public KeySet afterUnknownKey() {
    boolean wasFailing = failures > 0;
    fetchUnlessStartedWithin(UNKNOWN_KEY_EVERY.toNanos());
    if (!wasFailing) {
      awaitFetch();
    }
    return current();
  }

  /** The interval to the next fetch: a backoff after failures, else the refresh interval. */
  private long pauseNanos() {
    if (failures == 0) {
      return refreshNanos;
    }
    boolean hasNoKeys = keys == null; // no token can be verified meanwhile
    int doublings = hasNoKeys ? 0 : Math.min(failures - 1, 10);
    long backoff = Math.min(RETRY_FIRST.toNanos() << doublings, RETRY_MAX.toNanos());
    return Math.min(refreshNanos, backoff);
  }

  private boolean hasPassedSinceStart(long nanos) {
    return nanoTime.getAsLong() - startedAtNanos > nanos;
  }

  /** Starts a fetch unless one is running or was started within the given time. */
  private void fetchUnlessStartedWithin(long nanos) {
    if (!hasPassedSinceStart(nanos)) {
      return;
    }
    synchronized (this) {
      if (hasPassedSinceStart(nanos) && fetch.isDone()) {
        startedAtNanos = nanoTime.getAsLong();
        fetch = fetch();
      }
    }
  }

  private CompletableFuture<Void> fetch() {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Accept", "application/jwk-set+json, application/json")
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, info -> new BoundedBody(JwksReader.LENGTH_MAX));
    // HttpClient's own timeout covers the headers only; a body could arrive slowly without end.
    return answer
        .copy()
        .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (response, failure) -> {
              answer.cancel(true);
              accept(response, failure);
              return null;
            });
  }

  private synchronized void accept(HttpResponse<byte[]> response, Throwable failure) {
    try {
      if (failure != null) {
        throw new IOException(reasonOf(failure), failure);
      }
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      if (!Arrays.equals(response.body(), text)) {
        keys = reader.read(response.body(), keys == null ? 1 : keys.generation() + 1);
        text = response.body();
        LOG.info("Fetched keys from {}: {} keys", address, keys.keys().size());
      } else if (failures > 0) {
        LOG.info("Keys can be fetched from {} again and are unchanged", address);
      }
      failures = 0;
    } catch (IOException | RuntimeException e) {
      failures++;
      warn(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private static String reasonOf(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return "no answer within " + TIMEOUT.toSeconds() + " s";
    }
    return (failure instanceof CompletionException ? failure.getCause() : failure).toString();
  }

  private void warn(String reason) {
    long now = nanoTime.getAsLong();
    if (failures > 1 && now - warnedAtNanos < WARN_EVERY.toNanos()) {
      return;
    }
    warnedAtNanos = now;
    KeySet lastKeys = keys;
    LOG.warn(
        "Keys cannot be fetched from {} ({}, {} in a row); {}. The next request after {} s"
            + " fetches again.",
        address,
        reason,
        failures == 1 ? "1 failure" : failures + " failures",
        lastKeys == null
            ? "no keys have been fetched yet, so every request with a token is answered 503"
            : "the keys fetched last (" + lastKeys.keys().size() + ") stay in use",
        TimeUnit.NANOSECONDS.toSeconds(pauseNanos()));
  }

  /** Returns when no fetch is running any more, whether it succeeded or not. */
  void awaitFetch() {
    try {
      fetch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // accept() handles failures
    }
  }
}
