package io.creditflow.bench.pipeline.dsl;

import io.creditflow.bench.pipeline.JobSpec;
import io.creditflow.bench.pipeline.RivalStreamsConfig;
import io.creditflow.bench.workload.WorkloadTotals;
import io.creditflow.events.CreditGrant;
import io.creditflow.schemas.AvroEventDeserializer;
import io.creditflow.schemas.AvroEventSerializer;
import io.creditflow.schemas.SchemaRegistry;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Counts credits with the DSL: deduplicates by event id, then sums per campaign, per campaign and
 * day, and per workspace, whose grants are joined to compute the balance. For loads in UTC without
 * expiries, voids and reversals the totals equal the product's. It has no ledger, no hours and no
 * alerts.
 */
public final class DslApp {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LATE_MAX = Duration.ofDays(36);
  private static final Duration KEPT = Duration.ofDays(800);

  private DslApp() {}

  public static void main(String[] arguments) {
    JobSpec job = JobSpec.of(arguments);
    KafkaStreams streams = new KafkaStreams(topology(job.registry()), RivalStreamsConfig.of(job));
    streams.start();
    job.awaitFinish();
    job.writeTotals(totalsAsLines(streams));
    streams.close(Duration.ofSeconds(20));
  }

  static Topology topology(SchemaRegistry registry) {
    Serde<String> text = Serdes.String();
    Serde<UsageTotals> spent = UsageTotals.serde();
    Consumed<String, SpecificRecord> events = Consumed.with(text, events(registry));
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(DistinctProcessor.store());

    KStream<String, DslUsage> usage =
        builder.stream(List.of(Topics.LEAD_SOURCED, Topics.PHONE_REVEALED), events)
            .mapValues(DslUsage::of)
            .processValues(DistinctProcessor::new, DistinctProcessor.SEEN);

    KGroupedStream<String, UsageTotals> byCampaign =
        usage
            .map(
                (workspaceId, event) ->
                    KeyValue.pair(workspaceId + " " + event.campaignId(), event.spent()))
            .groupByKey(Grouped.with("by-campaign", text, spent));
    byCampaign.aggregate(
        () -> UsageTotals.NOTHING,
        (campaign, event, sum) -> sum.plus(event),
        Materialized.<String, UsageTotals, KeyValueStore<Bytes, byte[]>>as("campaigns")
            .withKeySerde(text)
            .withValueSerde(spent));
    byCampaign
        .windowedBy(TimeWindows.ofSizeAndGrace(DAY, LATE_MAX))
        .aggregate(
            () -> UsageTotals.NOTHING,
            (campaign, event, sum) -> sum.plus(event),
            Materialized.<String, UsageTotals, WindowStore<Bytes, byte[]>>as("days")
                .withKeySerde(text)
                .withValueSerde(spent)
                .withRetention(KEPT));

    KTable<String, Long> used =
        usage
            .mapValues(event -> event.spent().credits())
            .groupByKey(Grouped.with("by-workspace", text, Serdes.Long()))
            .reduce(Long::sum, table("used"));
    builder.stream(Topics.CREDIT_GRANTS, events)
        .mapValues(grant -> ((CreditGrant) grant).getAmount())
        .groupByKey(Grouped.with("grants", text, Serdes.Long()))
        .reduce(Long::sum, table("granted"))
        .leftJoin(
            used,
            (bought, spentSoFar) -> bought - (spentSoFar == null ? 0 : spentSoFar),
            table("balances"));
    return builder.build();
  }

  private static Materialized<String, Long, KeyValueStore<Bytes, byte[]>> table(String name) {
    return Materialized.<String, Long, KeyValueStore<Bytes, byte[]>>as(name)
        .withKeySerde(Serdes.String())
        .withValueSerde(Serdes.Long());
  }

  private static Serde<SpecificRecord> events(SchemaRegistry registry) {
    return Serdes.serdeFrom(new AvroEventSerializer(registry), new AvroEventDeserializer(registry));
  }

  private static List<String> totalsAsLines(KafkaStreams streams) {
    WorkloadTotals totals = new WorkloadTotals();
    var campaigns =
        streams.store(
            StoreQueryParameters.fromNameAndType(
                "campaigns", QueryableStoreTypes.<String, UsageTotals>keyValueStore()));
    try (var rows = campaigns.all()) {
      rows.forEachRemaining(
          row -> {
            int blank = row.key.indexOf(' ');
            totals.addUsage(
                row.key.substring(0, blank),
                row.key.substring(blank + 1),
                row.value.leads(),
                row.value.phones());
          });
    }
    var days =
        streams.store(
            StoreQueryParameters.fromNameAndType(
                "days", QueryableStoreTypes.<String, UsageTotals>windowStore()));
    try (var rows = days.all()) {
      rows.forEachRemaining(
          row -> {
            Instant start = row.key.window().startTime();
            String workspaceId = row.key.key().substring(0, row.key.key().indexOf(' '));
            totals.addDay(
                workspaceId, LocalDate.ofInstant(start, ZoneOffset.UTC), row.value.credits());
          });
    }
    List<String> lines = new ArrayList<>(totals.totalsAsLines());
    var balances =
        streams.store(
            StoreQueryParameters.fromNameAndType(
                "balances", QueryableStoreTypes.<String, Long>keyValueStore()));
    try (var rows = balances.all()) {
      rows.forEachRemaining(row -> lines.add(WorkloadTotals.balanceLine(row.key, row.value)));
    }
    return lines;
  }
}
