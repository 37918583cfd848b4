package io.creditflow.histories;

import io.creditflow.events.CampaignChanged;
import io.creditflow.events.EmailSent;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.histories.HistoryRun.EvaluatedRecord;
import io.creditflow.query.HistoryQuery;
import io.creditflow.query.HistoryRow;
import io.creditflow.reference.ReferenceOutcome;
import io.creditflow.reference.ReferenceReason;
import io.creditflow.reference.ReferenceRejection;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.reference.ReferenceValidation;
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

/** Finds the features of a history, from its records and their outcomes. */
final class FeatureDetector {
  private final Set<Feature> found = EnumSet.noneOf(Feature.class);
  private final GeneratedHistory history;
  private final List<EvaluatedRecord> evaluated;
  private final Map<String, SpecificRecord> known = new HashMap<>();

  private FeatureDetector(GeneratedHistory history, HistoryRun run) {
    this.history = history;
    this.evaluated = run.evaluated();
  }

  static Set<Feature> of(GeneratedHistory history, HistoryRun run) {
    FeatureDetector features = new FeatureDetector(history, run);
    features.ofSetting();
    for (String workspaceId : history.workspaceIds()) {
      features.known.clear();
      List<EvaluatedRecord> own =
          features.evaluated.stream()
              .filter(
                  one -> ReferenceValidation.workspaceId(one.deliver().event()).equals(workspaceId))
              .toList();
      own.forEach(features::ofRecord);
      new GrantFeatureDetector(features.found, own).find();
      features.ofReversals(own);
      features.ofVersions(own);
      if (own.stream().anyMatch(one -> one.outcome().equals(ReferenceOutcome.APPLIED))) {
        features.ofRows(run, workspaceId);
      }
    }
    for (ReferenceRejection rejected : run.reference().rejections()) {
      features.has(Feature.REVERSAL_TIMED_OUT, rejected.reason() == ReferenceReason.UNMATCHED);
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
    has(Feature.CRASH, history.steps().stream().anyMatch(HistoryStep.Crash.class::isInstance));
    has(Feature.BACKFILL, history.rules().ageLimit() == null);
    has(Feature.PRICE_CHANGE, !history.rules().prices().isEmpty());
  }

  private void ofRecord(EvaluatedRecord one) {
    SpecificRecord event = one.deliver().event();
    ReferenceOutcome outcome = one.outcome();
    Duration ahead =
        Duration.between(one.deliver().arrival(), ReferenceValidation.occurredAt(event));
    boolean isAtLimit =
        ahead.equals(ReferenceRules.DEFAULT.futureLimit())
            || ahead.negated().equals(ReferenceRules.DEFAULT.ageLimit());
    boolean applied = outcome.equals(ReferenceOutcome.APPLIED);
    has(Feature.REPEAT, outcome.equals(ReferenceOutcome.REPEAT));
    has(Feature.TOO_OLD, outcome.reason() == ReferenceReason.TOO_OLD);
    has(Feature.IN_FUTURE, outcome.reason() == ReferenceReason.IN_FUTURE);
    has(
        Feature.FUTURE_DATED,
        applied && ReferenceValidation.isUsage(event) && ahead.toMillis() > 0);
    has(Feature.AT_AGE_OR_FUTURE_LIMIT, applied && isAtLimit);
    has(Feature.EMAIL, applied && event instanceof EmailSent);
    boolean invalid = outcome.reason() == ReferenceReason.INVALID;
    has(Feature.REVERSAL_OF_NO_USAGE, invalid && event instanceof UsageReversed);
    has(
        Feature.BROKEN_RECORD,
        outcome.reason() == ReferenceReason.MISSING_FIELD
            || (invalid && !(event instanceof UsageReversed)));
    SpecificRecord other = known.get(ReferenceValidation.eventId(event));
    boolean conflict = outcome.reason() == ReferenceReason.CONFLICT;
    has(Feature.CONFLICTING_REPEAT, conflict && other != null);
    has(
        Feature.ID_OF_ANOTHER_TOPIC,
        conflict && other != null && other.getClass() != event.getClass());
    has(Feature.SECOND_GRANTED, conflict && other == null);
    if (applied || outcome.equals(ReferenceOutcome.WAITING)) {
      known.put(ReferenceValidation.eventId(event), event);
    }
  }

  private void ofReversals(List<EvaluatedRecord> own) {
    Map<String, UsageReversed> first = new HashMap<>();
    Map<String, SpecificRecord> usage = new HashMap<>();
    for (EvaluatedRecord one : own) {
      SpecificRecord event = one.deliver().event();
      boolean taken = one.outcome().outcome() != ReferenceOutcome.Kind.REJECTED;
      if (taken && ReferenceValidation.isUsage(event)) {
        usage.put(ReferenceValidation.eventId(event), event);
        has(
            Feature.REVERSAL_BEFORE_ITS_EVENT,
            first.containsKey(ReferenceValidation.eventId(event)));
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

  private void ofVersions(List<EvaluatedRecord> own) {
    Set<String> zones = new HashSet<>();
    Map<String, Instant> latest = new HashMap<>();
    boolean usage = false;
    for (EvaluatedRecord one : own) {
      SpecificRecord event = one.deliver().event();
      if (!one.outcome().equals(ReferenceOutcome.APPLIED)) {
        continue;
      }
      usage |= ReferenceValidation.isUsage(event);
      String subject = null;
      if (event instanceof WorkspaceChanged workspace) {
        has(Feature.ZONE_KNOWN_LATE, usage && zones.isEmpty());
        zones.add(workspace.getTimeZone());
        subject = "";
      } else if (event instanceof CampaignChanged campaign) {
        subject = campaign.getCampaignId();
      }
      if (subject != null) {
        Instant at = ReferenceValidation.occurredAt(event);
        has(
            Feature.VERSIONS_OUT_OF_ORDER,
            latest.containsKey(subject) && latest.get(subject).isAfter(at));
        latest.merge(subject, at, (old, young) -> old.isAfter(young) ? old : young);
      }
    }
    has(Feature.ZONE_CHANGE, zones.size() > 1);
    for (EvaluatedRecord one : own) {
      boolean used =
          one.outcome().equals(ReferenceOutcome.APPLIED)
              && ReferenceValidation.isUsage(one.deliver().event());
      for (String zone : zones) {
        has(
            Feature.DAY_OF_ODD_LENGTH,
            used
                && oddDay(
                    ReferenceValidation.occurredAt(one.deliver().event()),
                    TimeZones.inUse().of(zone)));
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
    List<HistoryRow> rows = run.reference().reference(run.clock()).rows(workspaceId, everything);
    for (int index = 0; index + 1 < rows.size(); index++) {
      boolean granted = rows.get(index).kind() == HistoryRow.Kind.GRANTED;
      has(Feature.OVERAGE_PAID, granted && rows.get(index + 1).overageAfter() > 0);
    }
  }
}
