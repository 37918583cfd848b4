package io.creditflow.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;

class StuckPartitionsTest {
  private static final RecordLocation LOCATION = new RecordLocation("lead-sourced", 3, 42);

  private long now;
  private final StuckPartitions stuck = new StuckPartitions(() -> now);

  @Test
  void theThirdFailureAtOnePlaceIsSaidAndTheFirstTwoAreNot() {
    fail(3, 7);
    fail(3, 7);
    assertThat(stuck.all()).isEmpty();
    fail(3, 7);
    assertThat(stuck.all())
        .singleElement()
        .hasToString(
            "partition 3 failed 3 times at topic lead-sourced, partition 3, offset 42:"
                + " java.lang.IllegalStateException: odd row");
  }

  @Test
  void failuresWithCommitsBetweenThemAreNone() {
    for (int flush = 1; flush < 10; flush++) {
      fail(3, flush);
    }
    assertThat(stuck.all()).isEmpty();
  }

  @Test
  void whatGoesOnIsNotStuck() {
    fail(3, 7);
    fail(3, 7);
    fail(3, 7);
    stuck.opened(3, 7, () -> LOCATION);
    stuck.committed(3, () -> 7);
    assertThat(stuck.all()).as("not before its commit").hasSize(1);
    stuck.committed(3, () -> 8);
    assertThat(stuck.all()).isEmpty();
  }

  @Test
  void aFailureThatNamesNoPartitionIsOfAllThatTheThreadHasTakenRecordsOf() {
    for (int i = 0; i < 3; i++) {
      stuck.opened(0, 5, () -> null);
      stuck.opened(1, 5, () -> LOCATION);
      stuck.opened(2, 6, () -> LOCATION);
      stuck.failed(new IllegalStateException("producer"));
    }
    assertThat(stuck.all()).extracting(StuckPartitions.Stuck::partition).containsExactly(1, 2);
  }

  @Test
  void aPartitionThatFailsNoMoreIsForgotten() {
    fail(3, 7);
    fail(3, 7);
    fail(3, 7);
    now += 601_000_000_000L;
    assertThat(stuck.all()).isEmpty();
  }

  private void fail(int partition, long flushes) {
    stuck.opened(partition, flushes, () -> LOCATION);
    stuck.failed(
        new StreamsException(
            "process", new IllegalStateException("odd row"), new TaskId(0, partition)));
  }
}
