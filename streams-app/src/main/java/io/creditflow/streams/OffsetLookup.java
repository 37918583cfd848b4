package io.creditflow.streams;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the brokers for offsets of many partitions at once. A partition without a leader is left out
 * after a moment, so that it does not hold up what the others' leaders say.
 */
public final class OffsetLookup {
  private static final Duration STRAGGLERS = Duration.ofMillis(1_500);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** The same, of what readers of committed records see. */
  public static Map<TopicPartition, Long> ask(
      Admin admin, Collection<TopicPartition> wanted, OffsetSpec which)
      throws ExecutionException, InterruptedException, TimeoutException {
    return ask(admin, wanted, which, IsolationLevel.READ_COMMITTED);
  }

  /**
   * The offsets of all partitions whose leaders answer; at least one.
   *
   * @throws TimeoutException if no leader answers within ten seconds
   * @throws ExecutionException if all are refused
   */
  public static Map<TopicPartition, Long> ask(
      Admin admin, Collection<TopicPartition> wanted, OffsetSpec which, IsolationLevel isolation)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> query = new HashMap<>();
    wanted.forEach(partition -> query.put(partition, which));
    ListOffsetsResult answers =
        admin.listOffsets(
            query, new ListOffsetsOptions(isolation).timeoutMs((int) TIMEOUT.toMillis()));
    KafkaFuture<Void> all =
        KafkaFuture.allOf(
            wanted.stream().map(answers::partitionResult).toArray(KafkaFuture[]::new));
    try {
      all.get(STRAGGLERS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException someAreMissing) {
      if (answered(answers, wanted).isEmpty()) {
        all.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
    return answered(answers, wanted);
  }

  private static Map<TopicPartition, Long> answered(
      ListOffsetsResult answers, Collection<TopicPartition> wanted)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : wanted) {
      KafkaFuture<ListOffsetsResult.ListOffsetsResultInfo> answer =
          answers.partitionResult(partition);
      if (answer.isDone() && !answer.isCompletedExceptionally()) {
        offsets.put(partition, answer.get().offset());
      }
    }
    return offsets;
  }

  private OffsetLookup() {}
}
