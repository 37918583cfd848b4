package io.creditflow.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditflow.event.Event;
import io.creditflow.event.SourceRecord;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.ledger.PostingSearch;
import io.creditflow.query.TrendsQuery;
import io.creditflow.query.TrendsResponse;
import io.creditflow.schemas.ContentFingerprint;
import io.creditflow.schemas.EventType;
import io.creditflow.state.InMemoryRowStore;
import io.creditflow.usage.PriceList;
import io.creditflow.view.PartitionView;
import io.creditflow.zone.TimeZones;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Instances that ship different releases of the tz database, one after the other on one state. */
class TzReleaseTest {
  private static final TimeZones SHIPPED = TimeZones.inUse();

  /** In Paraguay 23:30 of the day before by 2024a (-04 in winter), 00:30 by 2025b (-03). */
  private static final Instant LEAD_AT = Instant.parse("2026-06-10T03:30:00Z");

  private static final Instant NOW = Instant.parse("2026-06-11T12:00:00Z");

  private final InMemoryRowStore state = new InMemoryRowStore();
  private CreditEngine engine;
  private long offset;

  @AfterEach
  void putBack() {
    TimeZones.use(SHIPPED);
  }

  @Test
  void aNewerReleaseRecountsTheWorkspacesWhoseRulesDiffer() throws Exception {
    TimeZones.use(older());
    engine = open();
    for (String zone : List.of("America/Asuncion", "Europe/Berlin")) {
      accept(EventType.WORKSPACE_CHANGED, new WorkspaceChanged("z", zone, "W", zone, NOW));
      accept(EventType.LEAD_SOURCED, new LeadSourced("e", zone, "c", "l", LeadSource.CSV, LEAD_AT));
    }
    flushAll();
    assertThat(usedOn("America/Asuncion", "2026-06-09")).isEqualTo(1);

    TimeZones.use(SHIPPED);
    engine = open();
    assertThat(engine.isDirty()).isTrue();
    flushAll();

    assertThat(usedOn("America/Asuncion", "2026-06-10")).isEqualTo(1);
    assertThat(usedOn("America/Asuncion", "2026-06-09")).isZero();
    assertThat(trends("America/Asuncion", "2026-06-10").timeZone()).isEqualTo("America/Asuncion");
    assertThat(usedOn("Europe/Berlin", "2026-06-10")).isEqualTo(1);
    assertThat(open().isDirty()).isFalse();
  }

  @Test
  void anOlderReleaseThanTheStateWasCountedByEndsNamingBoth() throws Exception {
    engine = open();
    accept(EventType.WORKSPACE_CHANGED, new WorkspaceChanged("z", "w", "W", "UTC", NOW));
    engine.flush();

    TimeZones.use(older());

    assertThatThrownBy(this::open)
        .isInstanceOf(IncompatibleStateException.class)
        .hasMessageContaining("2025b")
        .hasMessageContaining("2024a");
  }

  private void flushAll() {
    engine.flush();
    while (engine.isDirty()) {
      engine.flush();
    }
  }

  private long usedOn(String workspaceId, String day) {
    return trends(workspaceId, day).total();
  }

  private TrendsResponse trends(String workspaceId, String day) {
    LocalDate date = LocalDate.parse(day);
    TrendsQuery query =
        new TrendsQuery(date, date, TrendsQuery.Granularity.DAY, TrendsQuery.Grouping.NONE);
    return new PartitionView(state, PriceList.STANDARD, new PostingSearch(), NOW.toEpochMilli())
        .trends(workspaceId, query)
        .orElseThrow();
  }

  private CreditEngine open() {
    return new CreditEngine(EngineConfig.STANDARD, state, key -> 0, Set.of());
  }

  private void accept(EventType type, SpecificRecord record) {
    Event event = Event.of(record, ContentFingerprint.of(record));
    byte[] key = event.workspaceId().getBytes(StandardCharsets.UTF_8);
    SourceRecord origin =
        new SourceRecord(
            type.topic(), 0, offset++, NOW.toEpochMilli(), key, new byte[0], List.of());
    assertThat(engine.accept(origin, event)).isEqualTo(RecordOutcome.APPLIED);
  }

  private static TimeZones older() throws Exception {
    URL data = Path.of("../schemas/target/older-tz/").toUri().toURL();
    return TimeZones.load(
        "2024a", "org/joda/time/tz/data", new URLClassLoader(new URL[] {data}, null));
  }
}
