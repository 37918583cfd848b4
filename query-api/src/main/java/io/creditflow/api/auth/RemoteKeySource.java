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
 * Keys at an address, fetched again after a while and, rate-limited, when a token names one that is
 * not known. While the address does not answer, the keys fetched last stay in use.
 *
 * <p>Fetching goes on beside the requests. The only ones that wait for it are those with a key that
 * is not known, and they only while the address is not known to be away: else a hanging address
 * would hang the API, and tokens of made-up keys could hold all of its places.
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
  private volatile long triedAtNanos;
  private volatile int failures; // in a row
  private long warnedAtNanos;
  private byte[] text;

  /** Waits for the first fetch, whatever comes of it. */
  RemoteKeySource(URI address, Duration refresh, LongSupplier nanoTime) {
    this.address = address;
    this.refreshNanos = refresh.toNanos();
    this.nanoTime = nanoTime;
    this.reader = new JwksReader(address);
    this.triedAtNanos = nanoTime.getAsLong();
    this.fetch = fetch();
    awaitFetch();
  }

  @Override
  public KeySet current() {
    fetchUnlessTriedWithin(pauseNanos());
    KeySet now = keys;
    if (now == null) {
      throw new KeysUnavailableException("The keys at " + address + " could not be fetched yet.");
    }
    return now;
  }

  @Override
  public KeySet afterUnknownKey() {
    boolean isAway = failures > 0;
    fetchUnlessTriedWithin(UNKNOWN_KEY_EVERY.toNanos());
    if (!isAway) {
      awaitFetch();
    }
    return current();
  }

  /** How long after one fetch the next is due: after failures soon, then ever later. */
  private long pauseNanos() {
    if (failures == 0) {
      return refreshNanos;
    }
    boolean isUrgent = keys == null; // nobody can sign in meanwhile
    int doublings = isUrgent ? 0 : Math.min(failures - 1, 10);
    long backoff = Math.min(RETRY_FIRST.toNanos() << doublings, RETRY_MAX.toNanos());
    return Math.min(refreshNanos, backoff);
  }

  private boolean isOlder(long nanos) {
    return nanoTime.getAsLong() - triedAtNanos > nanos;
  }

  /** Begins to fetch, unless a fetch is on its way: there is one at a time. */
  private void fetchUnlessTriedWithin(long nanos) {
    if (!isOlder(nanos)) {
      return;
    }
    synchronized (this) {
      if (isOlder(nanos) && fetch.isDone()) {
        triedAtNanos = nanoTime.getAsLong();
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
    // the client's own timeout would end with the headers; a body can drip for ever
    return answer
        .copy()
        .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (response, failure) -> {
              answer.cancel(true);
              take(response, failure);
              return null;
            });
  }

  private synchronized void take(HttpResponse<byte[]> response, Throwable failure) {
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
        LOG.info("Keys fetched from {}: {} keys", address, keys.keys().size());
      } else if (failures > 0) {
        LOG.info("Keys can be fetched from {} again, they are the same", address);
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
    KeySet kept = keys;
    LOG.warn(
        "Keys cannot be fetched from {} ({}, {} in a row); {}. Trying again in {} s when next"
            + " asked.",
        address,
        reason,
        failures == 1 ? "1 failure" : failures + " failures",
        kept == null
            ? "there are none yet, so every token is answered 503"
            : "the " + kept.keys().size() + " fetched last stay in use",
        TimeUnit.NANOSECONDS.toSeconds(pauseNanos()));
  }

  /** Comes back when the fetch on its way, if any, has ended one way or the other. */
  void awaitFetch() {
    try {
      fetch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // take() tells failures itself
    }
  }
}
