package io.creditflow.api.auth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys at an address, fetched again after a while and, rate-limited, when a token names one that is
 * not known. While the address does not answer, the keys fetched last stay in use.
 */
final class RemoteKeys implements Keys {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final long UNKNOWN_KEY_EVERY_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long RETRY_EVERY_NANOS = Duration.ofSeconds(2).toNanos();
  private static final int BODY_LENGTH_MAX = 1 << 20;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI address;
  private final long refreshNanos;
  private final Object fetching = new Object();
  private volatile KeySet keys;
  private volatile long triedAtNanos;
  private volatile boolean lastTryWorked;
  private String text;

  RemoteKeys(URI address, Duration refresh) {
    this.address = address;
    this.refreshNanos = refresh.toNanos();
    fetch();
  }

  @Override
  public KeySet current() {
    long every = lastTryWorked ? refreshNanos : Math.min(refreshNanos, RETRY_EVERY_NANOS);
    if (isOlder(every)) {
      fetchUnlessTriedWithin(every);
    }
    if (keys == null) {
      throw new KeysUnavailableException("The keys at " + address + " could not be fetched yet.");
    }
    return keys;
  }

  @Override
  public KeySet afterUnknownKey() {
    fetchUnlessTriedWithin(UNKNOWN_KEY_EVERY_NANOS);
    return current();
  }

  private boolean isOlder(long nanos) {
    return System.nanoTime() - triedAtNanos > nanos;
  }

  /** One caller fetches; the others wait for it and then find it done. */
  private void fetchUnlessTriedWithin(long nanos) {
    if (!isOlder(nanos)) {
      return;
    }
    synchronized (fetching) {
      if (isOlder(nanos)) {
        fetch();
      }
    }
  }

  private void fetch() {
    lastTryWorked = false;
    try {
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .timeout(TIMEOUT)
              .header("Accept", "application/jwk-set+json, application/json")
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200 || answer.body().length() > BODY_LENGTH_MAX) {
        throw new IOException("status " + answer.statusCode());
      }
      if (!answer.body().equals(text)) {
        keys = KeySet.parse(answer.body(), keys == null ? 1 : keys.generation() + 1);
        text = answer.body();
        LOG.info("Keys fetched from {}: {} keys", address, keys.keys().size());
      }
      lastTryWorked = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | ParseException e) {
      LOG.warn("Keys at {} cannot be fetched, will try again: {}", address, e.toString());
    } finally {
      triedAtNanos = System.nanoTime();
    }
  }
}
