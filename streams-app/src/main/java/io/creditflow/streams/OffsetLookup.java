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
 * Fetches offsets of many partitions at once. After 1.5 s it returns the offsets that have arrived,
 * so that a partition without a leader does not delay the others.
 */
public final class OffsetLookup {
  private static final Duration PARTIAL_RESULT_AFTER = Duration.ofMillis(1_500);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * Fetches offsets as read-committed consumers see them: the latest is the last stable offset. See
   * {@link #ask(Admin, Collection, OffsetSpec, IsolationLevel)}.
   */
  public static Map<TopicPartition, Long> ask(
      Admin admin, Collection<TopicPartition> wanted, OffsetSpec spec)
      throws ExecutionException, InterruptedException, TimeoutException {
    return ask(admin, wanted, spec, IsolationLevel.READ_COMMITTED);
  }

  /**
   * Fetches the offsets of the partitions.
   *
   * @return the offsets of all partitions whose leaders answer, at least one
   * @throws TimeoutException if no leader answers within about ten seconds
   * @throws ExecutionException if the brokers refuse the request for every partition
   */
  public static Map<TopicPartition, Long> ask(
      Admin admin, Collection<TopicPartition> wanted, OffsetSpec spec, IsolationLevel isolation)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> query = new HashMap<>();
    wanted.forEach(partition -> query.put(partition, spec));
    ListOffsetsResult answers =
        admin.listOffsets(
            query, new ListOffsetsOptions(isolation).timeoutMs((int) TIMEOUT.toMillis()));
    KafkaFuture<Void> all =
        KafkaFuture.allOf(
            wanted.stream().map(answers::partitionResult).toArray(KafkaFuture[]::new));
    try {
      all.get(PARTIAL_RESULT_AFTER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException incomplete) {
      if (received(answers, wanted).isEmpty()) {
        all.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
    return received(answers, wanted);
  }

  private static Map<TopicPartition, Long> received(
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
