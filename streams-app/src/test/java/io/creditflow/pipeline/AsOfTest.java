package io.creditflow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.pipeline.EndOffsets.Ends;
import io.creditflow.posting.FlushMark.Reached;
import io.creditflow.schemas.Topics;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What a new owner says while it counts again what a former one may have shown. */
class AsOfTest {
  private static final long RESTORED = 1_000;

  private final EndOffsets ends = new EndOffsets(1);
  private final AsOf asOf = new AsOf(ends, 0, RESTORED, counted(100, RESTORED));

  @Test
  void nothingLaterIsToldBeforeAllIsCountedThatTheTopicsHeldWhenTheBooksWereOpened() {
    told(200, 5_000);
    assertThat(asOf.now(counted(150, 3_000))).isEqualTo(RESTORED);
    for (int end = 300; end < 1_000; end++) { // so many answers that the first is forgotten
      told(end, 5_000 + end);
    }

    assertThat(asOf.now(counted(199, 4_999))).isEqualTo(RESTORED);
    assertThat(asOf.now(counted(200, 5_000))).isEqualTo(5_000);
    assertThat(asOf.now(counted(210, 5_100))).isEqualTo(5_100);
  }

  @Test
  void aFirstRunOverManyEventsTellsATimeBeforeItsEnd() {
    AsOf first = new AsOf(ends, 0, 0, Map.of());
    told(1_000_000, 9_000);

    assertThat(first.now(counted(AsOf.FIRST_RUN_RECORDS - 1, 3_000))).isZero();
    assertThat(first.now(counted(AsOf.FIRST_RUN_RECORDS, 3_001))).isEqualTo(3_001);
    assertThat(asOf.now(counted(999_999, 8_000))).isEqualTo(RESTORED);
  }

  @Test
  void anAnswerOfBeforeTheBooksWereOpenedDoesNotCount() {
    ends.remember(new Ends(2_000, System.nanoTime() - 1_000_000_000_000L, offsets(100)));

    assertThat(asOf.now(counted(100, RESTORED))).isEqualTo(RESTORED);
  }

  private void told(long end, long askedAt) {
    ends.remember(new Ends(askedAt, System.nanoTime(), offsets(end)));
  }

  private static Map<TopicPartition, Long> offsets(long end) {
    return Topics.INPUTS.stream()
        .collect(Collectors.toMap(topic -> new TopicPartition(topic, 0), topic -> end));
  }

  private static Map<String, Reached> counted(long nextOffset, long appendedAt) {
    return Topics.INPUTS.stream()
        .collect(Collectors.toMap(topic -> topic, topic -> new Reached(nextOffset, appendedAt, 0)));
  }
}
