package io.creditflow.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.engine.FlushCheckpoint.SourcePosition;
import io.creditflow.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class InputPositionsTest {
  private static final TopicPartition LEADS = new TopicPartition(Topics.LEAD_SOURCED, 3);
  private static final TopicPartition PHONES = new TopicPartition(Topics.PHONE_REVEALED, 3);

  private final InputPositions inputs = new InputPositions();

  @Test
  void commitsWhatWasHandedOut() {
    hand(12_811, 10_235, 12_810);

    assertThat(inputs.correctCommit(at(LEADS, 12_811))).isEqualTo(at(LEADS, 12_811));
    assertThat(inputs.correctCommit(at(LEADS, 10_236))).isEqualTo(at(LEADS, 10_236));
  }

  @Test
  void commitsNoOffsetThatARevivedTaskRemembers() {
    hand(12_811, 12_810);
    inputs.onSeek(LEADS, 10_236);

    assertThat(inputs.correctCommit(at(LEADS, 12_811))).isEmpty();
    hand(10_300, 10_299);
    assertThat(inputs.correctCommit(at(LEADS, 12_811))).isEmpty();
    assertThat(inputs.correctCommit(at(LEADS, 10_300))).isEqualTo(at(LEADS, 10_300));
  }

  @Test
  void commitsNothingOfAPartitionThatIsHeldBack() {
    hand(8, 5, 6, 7);
    inputs.pause(3);

    assertThat(inputs.correctCommit(at(LEADS, 8))).isEmpty();
    assertThat(inputs.withoutPaused(Set.of(LEADS, new TopicPartition(Topics.LEAD_SOURCED, 4))))
        .containsExactly(new TopicPartition(Topics.LEAD_SOURCED, 4));
    inputs.forget(3);
    assertThat(inputs.correctCommit(at(LEADS, 8))).isEqualTo(at(LEADS, 8));
  }

  @Test
  void commitsAnOffsetAgainSoThatATransactionWithoutAnyIsFenced() {
    inputs.onCommittedFetched(at(PHONES, 41));

    assertThat(inputs.correctCommit(Map.of())).isEqualTo(at(PHONES, 41));
  }

  @Test
  void commitsWhereTheStateStandsIfTheGroupsOffsetsWereLost() {
    try (MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none")) {
      List<TopicPartition> assigned =
          Topics.INPUTS.stream().map(topic -> new TopicPartition(topic, 3)).toList();
      consumer.assign(assigned);
      inputs.setConsumer(consumer);
      inputs.pause(3);
      assertThat(consumer.paused()).containsExactlyInAnyOrderElementsOf(assigned);
      inputs.onCommittedFetched(at(PHONES, 7));
      assigned.forEach(input -> inputs.onSeek(input, input.equals(LEADS) ? 500 : 7));

      inputs.resumeAt(3, Map.of(LEADS.topic(), 500L, PHONES.topic(), 7L));

      assertThat(consumer.position(LEADS)).isEqualTo(500);
      assertThat(consumer.position(assigned.get(assigned.size() - 1))).isZero();
      assertThat(consumer.paused()).isEmpty();
      assertThat(inputs.hasUncommittedOffsets(3)).isTrue();
      assertThat(inputs.correctCommit(Map.of())).isEqualTo(at(LEADS, 500));
      assertThat(inputs.hasUncommittedOffsets(3)).isFalse();
    }
  }

  @Test
  void knowsWhereATopicHoldsNoRecord() {
    inputs.onSeek(LEADS, 100);
    hand(111, 102, 103, 107, 108);

    assertThat(inputs.isHole(LEADS, 100, 102)).isTrue();
    assertThat(inputs.isHole(LEADS, 104, 107)).isTrue();
    hand(120, 112);
    assertThat(inputs.isHole(LEADS, 109, 112)).isTrue();
    assertThat(inputs.isHole(LEADS, 112, 113)).isFalse();
  }

  @Test
  void takesNoHoleForGrantedThatItDidNotReadOver() {
    hand(103, 102);
    assertThat(inputs.isHole(LEADS, 100, 102)).as("begun behind 100").isFalse();
    inputs.onSeek(LEADS, 110);
    hand(116, 115);
    assertThat(inputs.isHole(LEADS, 103, 115)).as("sent over 103 to 110").isFalse();
    hand(120, 119);
    inputs.onSeekWithoutOffset(List.of(LEADS));
    hand(130, 129);
    assertThat(inputs.isHole(LEADS, 120, 129)).as("sent to the beginning").isFalse();
  }

  @Test
  void hasReadTheEndsOfTransactionsBehindTheLastRecord() {
    hand(12, 9, 10);
    Map<String, SourcePosition> before = Map.of(LEADS.topic(), new SourcePosition(10, 1_000, 3));
    Map<String, SourcePosition> level = Map.of(LEADS.topic(), new SourcePosition(11, 1_000, 3));

    assertThat(inputs.reached(3, before))
        .containsEntry(LEADS.topic(), new SourcePosition(10, 1_000, 3));
    assertThat(inputs.reached(3, level))
        .containsEntry(LEADS.topic(), new SourcePosition(12, 1_000, 4));
    assertThat(inputs.reached(3, level)).containsEntry(PHONES.topic(), SourcePosition.START);
  }

  /** The consumer hands out leads at these offsets. */
  private void hand(long next, long... offsets) {
    List<ConsumerRecord<byte[], byte[]>> records =
        new ArrayList<>(
            LongStream.of(offsets)
                .mapToObj(
                    offset ->
                        new ConsumerRecord<byte[], byte[]>(
                            LEADS.topic(), LEADS.partition(), offset, null, null))
                .toList());
    inputs.onPoll(new ConsumerRecords<>(Map.of(LEADS, records), at(LEADS, next)));
  }

  private static Map<TopicPartition, OffsetAndMetadata> at(TopicPartition input, long offset) {
    return Map.of(input, new OffsetAndMetadata(offset));
  }
}
