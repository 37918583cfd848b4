package io.creditflow.streams;

import static io.creditflow.streams.ReplayFilter.Decision.ALREADY_COUNTED;
import static io.creditflow.streams.ReplayFilter.Decision.COUNT;
import static io.creditflow.streams.ReplayFilter.Decision.LOST;
import static io.creditflow.streams.ReplayFilter.Decision.TOO_EARLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.engine.CreditEngine;
import io.creditflow.engine.EngineConfig;
import io.creditflow.engine.FlushCheckpoint.SourcePosition;
import io.creditflow.event.Rejection;
import io.creditflow.event.SourceRecord;
import io.creditflow.schemas.Topics;
import io.creditflow.state.InMemoryRowStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a partition that has counted ten leads does with what is delivered. */
class ReplayFilterTest {
  private static final TopicPartition LEADS = new TopicPartition(Topics.LEAD_SOURCED, 0);
  private static final TopicPartition PHONES = new TopicPartition(Topics.PHONE_REVEALED, 0);
  private static final long APPENDED = 1_000;

  private final CreditEngine engine =
      new CreditEngine(EngineConfig.STANDARD, new InMemoryRowStore(), key -> 0, Set.of());
  private final InputPositions inputs = new InputPositions();
  private final RecoveryCounters recoveries = new RecoveryCounters();
  private final ReplayFilter filter = new ReplayFilter(0, engine, inputs, recoveries);
  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>("none") {
        @Override
        public synchronized void seek(TopicPartition partition, long offset) {
          super.seek(partition, offset);
          inputs.onSeek(partition, offset);
        }
      };

  @BeforeEach
  void count() {
    for (int offset = 0; offset < 10; offset++) {
      deliver(offset, APPENDED);
    }
    consumer.assign(List.of(LEADS, PHONES));
    consumer.updateBeginningOffsets(Map.of(LEADS, 0L, PHONES, 0L));
    inputs.setConsumer(consumer);
  }

  @AfterEach
  void close() {
    consumer.close();
  }

  @Test
  void passesOverWhatWasCounted() {
    assertThat(filter.decide(LEADS.topic(), 0, APPENDED - 500)).isEqualTo(ALREADY_COUNTED);
    assertThat(filter.decide(LEADS.topic(), 9, APPENDED)).isEqualTo(ALREADY_COUNTED);
    assertThat(filter.decide(LEADS.topic(), 10, APPENDED)).isEqualTo(COUNT);
    assertThat(filter.decide(PHONES.topic(), 0, APPENDED)).isEqualTo(COUNT);
  }

  @Test
  void countsATopicThatWasMadeAgainFromItsFirstRecord() {
    assertThat(filter.decide(LEADS.topic(), 0, APPENDED + 1)).isEqualTo(COUNT);
    deliver(0, APPENDED + 1);

    assertThat(filter.decide(LEADS.topic(), 1, APPENDED + 1)).isEqualTo(COUNT);
    assertThat(unreceived()).isZero();
  }

  @Test
  void readsAgainWhatOffsetsLedBeyond() {
    hand(15, 15, 16);
    assertThat(filter.decide(LEADS.topic(), 15, APPENDED)).isEqualTo(TOO_EARLY);
    assertThat(consumer.position(LEADS)).isEqualTo(10);
    assertThat(filter.decide(LEADS.topic(), 16, APPENDED)).isEqualTo(TOO_EARLY);
    assertThat(recoveries.rewoundCount()).isZero();

    for (long offset = 10; offset <= 16; offset++) {
      hand(offset, offset);
      assertThat(filter.decide(LEADS.topic(), offset, APPENDED)).isEqualTo(COUNT);
      deliver(offset, APPENDED);
    }

    assertThat(recoveries.rewoundCount()).isEqualTo(1);
    assertThat(unreceived()).isZero();
  }

  @Test
  void goesOnBehindTheEndsOfTransactions() {
    inputs.onSeek(LEADS, 10);
    hand(10, 12);

    assertThat(filter.decide(LEADS.topic(), 12, APPENDED)).isEqualTo(COUNT);
    deliver(12, APPENDED);

    assertThat(engine.positions())
        .containsEntry(LEADS.topic(), new SourcePosition(13, APPENDED, 2));
    assertThat(unreceived()).isZero();
    assertThat(recoveries.rewoundCount()).isZero();
  }

  @Test
  void readsAgainOnceToSeeThatThereIsNothingBetween() {
    hand(12, 12);
    assertThat(filter.decide(LEADS.topic(), 12, APPENDED)).isEqualTo(TOO_EARLY);
    hand(10, 12); // as the consumer goes on from where it is sent

    assertThat(filter.decide(LEADS.topic(), 12, APPENDED)).isEqualTo(COUNT);
    assertThat(recoveries.rewoundCount()).isZero();
  }

  @Test
  void countsNothingBehindRecordsThatTheTopicHoldsNoMore() {
    consumer.updateBeginningOffsets(Map.of(LEADS, 14L, PHONES, 0L));
    hand(14, 14);

    assertThat(filter.decide(LEADS.topic(), 14, APPENDED)).isEqualTo(LOST);
  }

  @Test
  void beginsATopicThatItNeverReadWhereThatBegins() {
    consumer.updateBeginningOffsets(Map.of(LEADS, 0L, PHONES, 7L));

    assertThat(filter.decide(PHONES.topic(), 7, APPENDED)).isEqualTo(COUNT);
    assertThat(engine.positions()).containsEntry(PHONES.topic(), new SourcePosition(7, 0, 7));
  }

  private long unreceived() {
    return engine.counters().progress(engine.positions()).get(0).unreceived();
  }

  private void deliver(long offset, long appendedAt) {
    Rejection any = new Rejection(Rejection.Reason.UNDECODABLE, "any record will do");
    var unused =
        engine.rejectUndecoded(
            new SourceRecord(
                LEADS.topic(), LEADS.partition(), offset, appendedAt, null, null, List.of()),
            any);
  }

  /** The consumer, which was sent to an offset, hands out leads. */
  private void hand(long sent, long... offsets) {
    if (offsets[0] != sent) {
      inputs.onSeek(LEADS, sent);
    }
    List<ConsumerRecord<byte[], byte[]>> records =
        LongStream.of(offsets)
            .mapToObj(
                offset ->
                    new ConsumerRecord<byte[], byte[]>(
                        LEADS.topic(), LEADS.partition(), offset, null, null))
            .toList();
    long next = offsets[offsets.length - 1] + 1;
    inputs.onPoll(
        new ConsumerRecords<>(Map.of(LEADS, records), Map.of(LEADS, new OffsetAndMetadata(next))));
  }
}
