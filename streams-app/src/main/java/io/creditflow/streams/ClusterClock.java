package io.creditflow.streams;

import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of the Kafka cluster, as the leader of the metadata quorum reports it. Append times are
 * brokers' times, so pending reversals and event ids expire by a broker's time, too. If an instance
 * used its own clock and this clock were ahead, it would expire them too early. That cannot be
 * undone.
 */
final class ClusterClock {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterClock.class);
  private static final long TIMEOUT_SECONDS = 5;
  private static final long DIFFERENCE_MILLIS_MAX = 10_000;
  private static final long REQUEST_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Admin admin;

  /** False if the brokers do not report a time. */
  private boolean isSupported = true;

  private boolean isKnown;
  private long ownAheadMillis;
  private long requestedNanos;

  ClusterClock(Admin admin) {
    this.admin = admin;
  }

  /**
   * The cluster's time in milliseconds since 1970. It is behind the brokers' clock by at most the
   * duration of one request. If the brokers do not report a time, it is this machine's time.
   *
   * @throws TimeoutException if no broker answers and no broker has reported a time before
   */
  long now() throws InterruptedException, TimeoutException {
    if (isSupported && (!isKnown || System.nanoTime() - requestedNanos > REQUEST_INTERVAL_NANOS)) {
      update();
      requestedNanos = System.nanoTime();
    }
    return System.currentTimeMillis() - ownAheadMillis;
  }

  private void update() throws InterruptedException, TimeoutException {
    try {
      OptionalLong leaderMillis =
          leaderTime(
              admin.describeMetadataQuorum().quorumInfo().get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
      isSupported = leaderMillis.isPresent() && leaderMillis.getAsLong() > 0;
      if (isSupported) {
        isKnown = true;
        setAhead(System.currentTimeMillis() - leaderMillis.getAsLong());
      }
    } catch (TimeoutException failure) {
      throwIfUnknown(failure);
    } catch (ExecutionException refused) {
      isSupported = refused.getCause() instanceof RetriableException;
      if (isSupported) {
        throwIfUnknown(refused);
      }
    }
    if (!isSupported) {
      LOG.warn(
          "Kafka does not report its time (DESCRIBE on the cluster is required); using our own");
    }
  }

  private void throwIfUnknown(Exception failure) throws TimeoutException {
    if (!isKnown) {
      throw new TimeoutException("Kafka's time is not known yet: " + failure);
    }
  }

  private void setAhead(long aheadMillis) {
    boolean isDifferent = Math.abs(aheadMillis) > DIFFERENCE_MILLIS_MAX;
    if (isDifferent && Math.abs(aheadMillis - ownAheadMillis) > DIFFERENCE_MILLIS_MAX) {
      LOG.warn("This machine's clock is {} ms ahead of Kafka's; using Kafka's", aheadMillis);
    }
    ownAheadMillis = aheadMillis;
  }

  /** The leader's last fetch time, which for the leader itself is its time of answering. */
  private static OptionalLong leaderTime(QuorumInfo quorum) {
    return quorum.voters().stream()
        .filter(voter -> voter.replicaId() == quorum.leaderId())
        .map(QuorumInfo.ReplicaState::lastFetchTimestamp)
        .findFirst()
        .orElse(OptionalLong.empty());
  }
}
