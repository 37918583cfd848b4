package io.creditflow.histories;

import io.creditflow.answer.HistoryQuery;
import io.creditflow.answer.HistoryRow;
import io.creditflow.events.CampaignChanged;
import io.creditflow.events.EmailSent;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.histories.HistoryRun.Judged;
import io.creditflow.reference.Door;
import io.creditflow.reference.Reason;
import io.creditflow.reference.Rejected;
import io.creditflow.reference.Rules;
import io.creditflow.reference.Verdict;
import io.creditflow.zone.TimeZones;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** Finds which features a history had, from what was delivered and what became of it. */
final class Features {
  private final Set<Feature> found = EnumSet.noneOf(Feature.class);
  private final History history;
  private final List<Judged> judged;
  private final Map<String, SpecificRecord> known = new HashMap<>();

  private Features(History history, HistoryRun run) {
    this.history = history;
    this.judged = run.judged();
  }

  static Set<Feature> of(History history, HistoryRun run) {
    Features features = new Features(history, run);
    features.ofSetting();
    for (String workspaceId : history.workspaceIds()) {
      features.known.clear();
      List<Judged> own =
          features.judged.stream()
              .filter(one -> Door.workspaceId(one.deliver().event()).equals(workspaceId))
              .toList();
      own.forEach(features::ofRecord);
      new GrantFeatures(features.found, own).find();
      features.ofReversals(own);
      features.ofPictures(own);
      if (own.stream().anyMatch(one -> one.verdict().equals(Verdict.APPLIED))) {
        features.ofRows(run, workspaceId);
      }
    }
    for (Rejected rejected : run.referee().rejections()) {
      features.has(Feature.REVERSAL_TIMED_OUT, rejected.reason() == Reason.UNMATCHED);
    }
    return features.found;
  }

  private void has(Feature feature, boolean present) {
    if (present) {
      found.add(feature);
    }
  }

  private void ofSetting() {
    has(Feature.SEVERAL_WORKSPACES, history.workspaceIds().size() > 1);
    has(Feature.CRASH, history.steps().stream().anyMatch(Step.Crash.class::isInstance));
    has(Feature.BACKFILL, history.rules().ageLimit() == null);
    has(Feature.PRICE_CHANGE, !history.rules().prices().isEmpty());
  }

  private void ofRecord(Judged one) {
    SpecificRecord event = one.deliver().event();
    Verdict verdict = one.verdict();
    Duration ahead = Duration.between(one.deliver().arrival(), Door.occurredAt(event));
    boolean limit =
        ahead.equals(Rules.DEFAULT.futureLimit())
            || ahead.negated().equals(Rules.DEFAULT.ageLimit());
    boolean applied = verdict.equals(Verdict.APPLIED);
    has(Feature.REPEAT, verdict.equals(Verdict.REPEAT));
    has(Feature.TOO_OLD, verdict.reason() == Reason.TOO_OLD);
    has(Feature.IN_FUTURE, verdict.reason() == Reason.IN_FUTURE);
    has(Feature.FUTURE_DATED, applied && Door.isUsage(event) && ahead.toMillis() > 0);
    has(Feature.AT_AGE_OR_FUTURE_LIMIT, applied && limit);
    has(Feature.EMAIL, applied && event instanceof EmailSent);
    boolean invalid = verdict.reason() == Reason.INVALID;
    has(Feature.REVERSAL_OF_NO_USAGE, invalid && event instanceof UsageReversed);
    has(
        Feature.BROKEN_RECORD,
        verdict.reason() == Reason.MISSING_FIELD || (invalid && !(event instanceof UsageReversed)));
    SpecificRecord other = known.get(Door.eventId(event));
    boolean conflict = verdict.reason() == Reason.CONFLICT;
    has(Feature.CONFLICTING_REPEAT, conflict && other != null);
    has(
        Feature.ID_OF_ANOTHER_TOPIC,
        conflict && other != null && other.getClass() != event.getClass());
    has(Feature.SECOND_GRANTED, conflict && other == null);
    if (applied || verdict.equals(Verdict.WAITING)) {
      known.put(Door.eventId(event), event);
    }
  }

  private void ofReversals(List<Judged> own) {
    Map<String, UsageReversed> first = new HashMap<>();
    Map<String, SpecificRecord> usage = new HashMap<>();
    for (Judged one : own) {
      SpecificRecord event = one.deliver().event();
      boolean taken = one.verdict().outcome() != Verdict.Outcome.REJECTED;
      if (taken && Door.isUsage(event)) {
        usage.put(Door.eventId(event), event);
        has(Feature.REVERSAL_BEFORE_ITS_EVENT, first.containsKey(Door.eventId(event)));
      }
      if (taken && event instanceof UsageReversed reversal) {
        UsageReversed earlier = first.putIfAbsent(reversal.getReversedEventId(), reversal);
        boolean other = earlier != null && !earlier.getEventId().equals(reversal.getEventId());
        has(Feature.SEVERAL_REVERSALS, other);
        has(
            Feature.LOSING_REVERSAL_FIRST,
            other && reversal.getOccurredAt().isBefore(earlier.getOccurredAt()));
      }
    }
    first.keySet().retainAll(usage.keySet());
    has(Feature.REVERSAL, !first.isEmpty());
    for (String id : first.keySet()) {
      has(Feature.REVERSAL_OF_PHONE, usage.get(id) instanceof PhoneRevealed);
    }
  }

  private void ofPictures(List<Judged> own) {
    Set<String> zones = new HashSet<>();
    Map<String, Instant> latest = new HashMap<>();
    boolean usage = false;
    for (Judged one : own) {
      SpecificRecord event = one.deliver().event();
      if (!one.verdict().equals(Verdict.APPLIED)) {
        continue;
      }
      usage |= Door.isUsage(event);
      String subject = null;
      if (event instanceof WorkspaceChanged workspace) {
        has(Feature.ZONE_KNOWN_LATE, usage && zones.isEmpty());
        zones.add(workspace.getTimeZone());
        subject = "";
      } else if (event instanceof CampaignChanged campaign) {
        subject = campaign.getCampaignId();
      }
      if (subject != null) {
        Instant at = Door.occurredAt(event);
        has(
            Feature.PICTURES_OUT_OF_ORDER,
            latest.containsKey(subject) && latest.get(subject).isAfter(at));
        latest.merge(subject, at, (old, young) -> old.isAfter(young) ? old : young);
      }
    }
    has(Feature.ZONE_CHANGE, zones.size() > 1);
    for (Judged one : own) {
      boolean used = one.verdict().equals(Verdict.APPLIED) && Door.isUsage(one.deliver().event());
      for (String zone : zones) {
        has(
            Feature.DAY_OF_ODD_LENGTH,
            used && oddDay(Door.occurredAt(one.deliver().event()), TimeZones.inUse().of(zone)));
      }
    }
  }

  private static boolean oddDay(Instant at, ZoneId zone) {
    LocalDate day = LocalDate.ofInstant(at, zone);
    Duration length = Duration.between(day.atStartOfDay(zone), day.plusDays(1).atStartOfDay(zone));
    return length.toHours() != 24 || length.toMinutes() % 60 != 0;
  }

  private void ofRows(HistoryRun run, String workspaceId) {
    HistoryQuery everything = new HistoryQuery(null, null, null, Set.of(), null, 500, null);
    List<HistoryRow> rows = run.referee().referee(run.clock()).rows(workspaceId, everything);
    for (int index = 0; index + 1 < rows.size(); index++) {
      boolean granted = rows.get(index).kind() == HistoryRow.Kind.GRANTED;
      has(Feature.OVERAGE_PAID, granted && rows.get(index + 1).overageAfter() > 0);
    }
  }
}
