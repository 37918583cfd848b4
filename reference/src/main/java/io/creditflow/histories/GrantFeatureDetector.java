package io.creditflow.histories;

import io.creditflow.events.CreditGrant;
import io.creditflow.histories.HistoryRun.EvaluatedRecord;
import io.creditflow.reference.ReferenceOutcome;
import io.creditflow.reference.ReferenceValidation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the grant-related features of one workspace's records. */
final class GrantFeatureDetector {
  private final Set<Feature> found;
  private final List<EvaluatedRecord> own;
  private final List<CreditGrant> grants = new ArrayList<>();
  private final List<CreditGrant> voids = new ArrayList<>();
  private final Set<String> granted = new HashSet<>();

  GrantFeatureDetector(Set<Feature> found, List<EvaluatedRecord> own) {
    this.found = found;
    this.own = own;
  }

  void find() {
    for (EvaluatedRecord one : own) {
      if (one.outcome().equals(ReferenceOutcome.APPLIED)
          && one.deliver().event() instanceof CreditGrant grant) {
        Instant arrival = one.deliver().arrival();
        if (ReferenceValidation.granted(grant)) {
          has(Feature.SCHEDULED_GRANT, grant.getEffectiveAt().isAfter(arrival));
          grants.add(grant);
          granted.add(grant.getGrantId());
        } else {
          has(Feature.SCHEDULED_VOID, grant.getOccurredAt().isAfter(arrival));
          voids.add(grant);
          has(Feature.VOID_BEFORE_ITS_GRANT_ARRIVES, comesLater(grant));
        }
      }
    }
    for (CreditGrant grant : grants) {
      has(Feature.PRIORITIES, grant.getPriority() != grants.get(0).getPriority());
      has(Feature.NEVER_EXPIRING, grant.getExpiresAt() == null);
      ofVoids(grant);
      for (CreditGrant other : grants) {
        ofPair(grant, other);
      }
    }
    own.stream()
        .filter(one -> one.outcome().equals(ReferenceOutcome.APPLIED))
        .forEach(this::ofUsage);
  }

  private void has(Feature feature, boolean present) {
    if (present) {
      found.add(feature);
    }
  }

  private boolean comesLater(CreditGrant voided) {
    return !granted.contains(voided.getGrantId())
        && own.stream()
            .filter(one -> one.outcome().equals(ReferenceOutcome.APPLIED))
            .map(one -> one.deliver().event())
            .anyMatch(
                event ->
                    event instanceof CreditGrant grant
                        && ReferenceValidation.granted(grant)
                        && grant.getGrantId().equals(voided.getGrantId()));
  }

  private void ofVoids(CreditGrant grant) {
    List<Instant> instants =
        voids.stream()
            .filter(record -> record.getGrantId().equals(grant.getGrantId()))
            .map(CreditGrant::getOccurredAt)
            .toList();
    Instant start = grant.getEffectiveAt();
    Instant end = grant.getExpiresAt();
    has(Feature.VOID_REPEATED, instants.size() > 1);
    for (Instant at : instants) {
      has(Feature.VOID, at.isAfter(start) && (end == null || at.isBefore(end)));
      has(Feature.VOID_BEFORE_EFFECT, at.isBefore(start));
      has(Feature.VOID_AFTER_EXPIRY, end != null && at.isAfter(end));
      has(Feature.VOID_AT_BOUNDARY, at.equals(start) || at.equals(end));
    }
  }

  private void ofPair(CreditGrant one, CreditGrant other) {
    if (one.getGrantId().equals(other.getGrantId())) {
      return;
    }
    Instant start = one.getEffectiveAt();
    Instant end = one.getExpiresAt();
    boolean begun = !other.getEffectiveAt().isAfter(start);
    boolean on = other.getExpiresAt() == null || other.getExpiresAt().isAfter(start);
    has(Feature.OVERLAPPING_GRANTS, begun && on);
    boolean ends =
        end != null && (end.equals(other.getExpiresAt()) || end.equals(other.getEffectiveAt()));
    has(Feature.GRANTS_AT_EQUAL_INSTANTS, ends || start.equals(other.getEffectiveAt()));
  }

  private void ofUsage(EvaluatedRecord one) {
    if (!ReferenceValidation.isUsage(one.deliver().event())) {
      return;
    }
    Instant at = ReferenceValidation.occurredAt(one.deliver().event());
    for (CreditGrant grant : grants) {
      Instant end = grant.getExpiresAt();
      has(Feature.ON_GRANT_BOUNDARY, at.equals(grant.getEffectiveAt()) || at.equals(end));
      has(
          Feature.LATE_OVER_EXPIRY,
          end != null
              && !at.isBefore(grant.getEffectiveAt())
              && at.isBefore(end)
              && end.isBefore(one.deliver().arrival()));
    }
  }
}
