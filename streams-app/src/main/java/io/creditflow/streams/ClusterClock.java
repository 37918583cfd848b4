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
 * brokers' times, so pending reversals and event ids expire by a broker's time, too. By its own
 * clock, an instance whose clock is ahead would expire them too early, which cannot be undone.
 */
final class ClusterClock {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterClock.class);
  private static final long TIMEOUT_SECONDS = 5;
  private static final long APART_MILLIS_MAX = 10_000;
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Admin admin;
  private boolean isKnown = true;
  private boolean wasKnown;
  private long ownIsAheadMillis;
  private long askedNanos;

  ClusterClock(Admin admin) {
    this.admin = admin;
  }

  /**
   * The cluster's time in milliseconds since 1970, at most a moment before the present. If the
   * brokers do not report a time, it is this machine's time.
   *
   * @throws TimeoutException if the time was never known and no broker answers
   */
  long now() throws InterruptedException, TimeoutException {
    if (isKnown && (!wasKnown || System.nanoTime() - askedNanos > EVERY_NANOS)) {
      ask();
      askedNanos = System.nanoTime();
    }
    return System.currentTimeMillis() - ownIsAheadMillis;
  }

  private void ask() throws InterruptedException, TimeoutException {
    try {
      OptionalLong told =
          leaderTime(
              admin.describeMetadataQuorum().quorumInfo().get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
      isKnown = told.isPresent() && told.getAsLong() > 0;
      if (isKnown) {
        wasKnown = true;
        note(System.currentTimeMillis() - told.getAsLong());
      }
    } catch (TimeoutException away) {
      orAsItWasLast(away);
    } catch (ExecutionException refused) {
      isKnown = refused.getCause() instanceof RetriableException;
      if (isKnown) {
        orAsItWasLast(refused);
      }
    }
    if (!isKnown) {
      LOG.warn("Kafka does not report its time (it takes DESCRIBE on the cluster): using our own");
    }
  }

  private void orAsItWasLast(Exception away) throws TimeoutException {
    if (!wasKnown) {
      throw new TimeoutException("Kafka's time is not known yet: " + away);
    }
  }

  private void note(long aheadMillis) {
    boolean isApart = Math.abs(aheadMillis) > APART_MILLIS_MAX;
    if (isApart && Math.abs(aheadMillis - ownIsAheadMillis) > APART_MILLIS_MAX) {
      LOG.warn("This machine's clock is {} ms ahead of Kafka's; going by Kafka's", aheadMillis);
    }
    ownIsAheadMillis = aheadMillis;
  }

  private static OptionalLong leaderTime(QuorumInfo quorum) {
    return quorum.voters().stream()
        .filter(voter -> voter.replicaId() == quorum.leaderId())
        .map(QuorumInfo.ReplicaState::lastFetchTimestamp)
        .findFirst()
        .orElse(OptionalLong.empty());
  }
}
