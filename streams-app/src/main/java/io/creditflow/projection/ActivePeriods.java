package io.creditflow.projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The periods in which a campaign was active; pauses are excluded.
 *
 * @param spans the periods in time order, without overlap; the last one may be open
 */
public record ActivePeriods(List<Span> spans) {

  public ActivePeriods {
    spans = List.copyOf(spans);
  }

  /**
   * A half-open period.
   *
   * @param to {@link Instant#MAX} if the period has not ended
   */
  public record Span(Instant from, Instant to) {}

  /** Whether a campaign is active from an instant on, according to one version of it. */
  public record StatusChange(Instant occurredAt, boolean active) {}

  /** A single period that has not ended. */
  public static ActivePeriods since(Instant from) {
    return new ActivePeriods(List.of(new Span(from, Instant.MAX)));
  }

  /**
   * The active periods according to all versions of a campaign.
   *
   * @param versions in time order
   * @param startsAt the campaign's start; the status ACTIVE has no effect before it; null if not
   *     set
   * @param firstUsageAt the time of the first usage. If it is before the first version or before
   *     startsAt, the campaign was active from then on. Null if there is no usage
   */
  public static ActivePeriods of(
      List<StatusChange> versions, @Nullable Instant startsAt, @Nullable Instant firstUsageAt) {
    List<StatusChange> changes = new ArrayList<>(versions);
    Instant start = startsAt == null ? Instant.MIN : startsAt;
    if (firstUsageAt != null) {
      start = firstUsageAt.isBefore(start) ? firstUsageAt : start;
      if (versions.isEmpty() || firstUsageAt.isBefore(versions.get(0).occurredAt())) {
        changes.add(0, new StatusChange(firstUsageAt, true));
      }
    }
    changes.add(new StatusChange(Instant.MAX, false));
    List<Span> spans = new ArrayList<>();
    Instant from = null;
    for (StatusChange change : changes) {
      if (change.active() && from == null) {
        from = change.occurredAt().isBefore(start) ? start : change.occurredAt();
      } else if (!change.active() && from != null) {
        if (change.occurredAt().isAfter(start)) {
          spans.add(new Span(from, change.occurredAt()));
        }
        from = null;
      }
    }
    return new ActivePeriods(spans);
  }

  /** Whether the campaign was active at any time between two instants. */
  public boolean overlaps(Instant from, Instant to) {
    return spans.stream().anyMatch(span -> span.from().isBefore(to) && span.to().isAfter(from));
  }
}
