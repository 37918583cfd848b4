package io.creditflow.bench.pipeline;

import io.creditflow.bench.workload.WorkloadTotals;
import io.creditflow.schemas.EventDecoder;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/** A Kafka Streams application that decodes every record and does nothing with it. */
final class NoopRival {
  static final Rival RIVAL =
      new JvmRival(
          "noop",
          NoopRival.class.getName(),
          WorkloadTotals::receivedLines,
          List.of(
              "Kafka Streams and Avro decoding (the product's decoder), nothing else",
              RivalStreamsConfig.IN_WORDS));

  private NoopRival() {}

  public static void main(String[] arguments) {
    JobSpec job = JobSpec.of(arguments);
    WorkloadTotals totals = new WorkloadTotals();
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(Topics.INPUTS, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .processValues(() -> new Decoding(new EventDecoder(job.registry()), totals));
    KafkaStreams streams = new KafkaStreams(builder.build(), RivalStreamsConfig.of(job));
    streams.start();
    job.awaitFinish();
    streams.close(Duration.ofSeconds(20));
    job.writeTotals(totals.receivedLines());
  }

  /** All tasks share the totals: there is one stream thread. */
  private static final class Decoding extends ContextualFixedKeyProcessor<byte[], byte[], Void> {
    private final EventDecoder decoder;
    private final WorkloadTotals totals;

    Decoding(EventDecoder decoder, WorkloadTotals totals) {
      this.decoder = decoder;
      this.totals = totals;
    }

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> record) {
      String topic = context().recordMetadata().orElseThrow().topic();
      if (decoder.decode(record.value(), EventType.ofTopic(topic).orElseThrow()).event() != null) {
        totals.addReceived(topic);
      }
    }
  }
}
