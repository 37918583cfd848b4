package io.creditflow.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.events.EmailSent;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.reference.ReferenceReason;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.schemas.Topics;
import io.creditflow.streams.RecordLocation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class WorkspaceRecountTest {
  private static final Instant START = Instant.parse("2026-05-10T12:00:00Z");
  private static final Instant NOW = START.plus(Duration.ofHours(1));

  private final List<ReceivedRecord> arrivals = new ArrayList<>();
  private final Map<RecordLocation, List<RejectedEntry>> rejected = new HashMap<>();

  /**
   * The reversal waits, and its repeat is no news; the event is an e-mail, so the reversal is
   * rejected and its id free for the phone.
   */
  @Test
  void anIdIsFreeOnceTheReversalThatHeldItIsRejectedHoweverOftenItCame() {
    UsageReversed reversal = new UsageReversed("r", "w", "e", null, START);
    ReceivedRecord waits = arrives(Topics.USAGE_REVERSED, reversal);
    arrives(Topics.USAGE_REVERSED, reversal);
    arrives(Topics.EMAIL_SENT, new EmailSent("e", "w", "c", "l", START));
    reject(waits, ReferenceReason.INVALID);
    arrives(Topics.PHONE_REVEALED, new PhoneRevealed("r", "w", "c", "l", START));

    WorkspaceRecount recount = recount();

    assertThat(recount.findings()).isEmpty();
    assertThat(recount.calculator().reference(NOW).credits("w", null).orElseThrow().overage())
        .isEqualTo(1);
  }

  @Test
  void twoThatDifferUnderOneIdAreFound() {
    arrives(Topics.EMAIL_SENT, new EmailSent("e", "w", "c", "l", START));
    arrives(Topics.PHONE_REVEALED, new PhoneRevealed("e", "w", "c", "l", START));

    assertThat(recount().findings()).extracting(Finding::kind).containsExactly(Finding.Kind.DOUBLE);
  }

  private ReceivedRecord arrives(String topic, SpecificRecord event) {
    byte[] key = "w".getBytes(UTF_8);
    Instant at = START.plusSeconds(arrivals.size());
    RecordLocation place = new RecordLocation(topic, 0, arrivals.size());
    ReceivedRecord arrival = new ReceivedRecord(place, at, key, key, event, null);
    arrivals.add(arrival);
    return arrival;
  }

  private void reject(ReceivedRecord record, ReferenceReason reason) {
    RecordLocation place = record.location();
    rejected.put(
        place, List.of(new RejectedEntry(place, reason, "why", record.key(), record.value())));
  }

  private WorkspaceRecount recount() {
    return WorkspaceRecount.of(
        arrivals,
        place -> rejected.getOrDefault(place, List.of()),
        ReferenceRules.DEFAULT,
        true,
        NOW);
  }
}
