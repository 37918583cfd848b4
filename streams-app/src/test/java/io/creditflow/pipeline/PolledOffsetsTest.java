package io.creditflow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PolledOffsetsTest {
  private static final TopicPartition LEADS = new TopicPartition("lead-sourced", 3);
  private static final TopicPartition PHONES = new TopicPartition("phone-revealed", 3);

  private final PolledOffsets polled = new PolledOffsets();

  @Test
  void what_was_polled_is_committed() {
    polled.polled(at(LEADS, 12_811));
    polled.polled(at(PHONES, 7));

    assertThat(polled.limit(at(LEADS, 12_811))).isEqualTo(at(LEADS, 12_811));
    assertThat(polled.limit(at(LEADS, 10_236))).isEqualTo(at(LEADS, 10_236));
  }

  @Test
  void what_a_revived_task_remembers_is_not() {
    polled.polled(at(LEADS, 12_811));
    polled.sentBack(LEADS, 10_236);

    assertThat(polled.limit(at(LEADS, 12_811))).isEmpty();
    assertThat(polled.limit(at(LEADS, 10_236))).isEqualTo(at(LEADS, 10_236));
    polled.polled(at(LEADS, 10_300));
    assertThat(polled.limit(at(LEADS, 10_300))).isEqualTo(at(LEADS, 10_300));
    assertThat(polled.limit(at(LEADS, 12_811))).isEmpty();
  }

  @Test
  void what_was_never_handed_out_or_by_an_earlier_owner_is_not() {
    assertThat(polled.limit(at(LEADS, 5))).isEmpty();
    polled.polled(at(LEADS, 5));
    polled.polled(at(PHONES, 7));
    polled.keepOnly(Set.of(PHONES));
    assertThat(polled.limit(at(LEADS, 5))).isEmpty();
    polled.sentBack(List.of(PHONES));
    assertThat(polled.limit(at(PHONES, 7))).isEmpty();
  }

  private static Map<TopicPartition, OffsetAndMetadata> at(TopicPartition partition, long offset) {
    return Map.of(partition, new OffsetAndMetadata(offset));
  }
}
