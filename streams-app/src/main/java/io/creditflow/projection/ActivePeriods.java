package io.creditflow.projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a campaign was at work: the spans of its life in which it was ACTIVE, pauses left out.
 *
 * @param spans in time order, apart from each other; the last one may be open
 */
public record ActivePeriods(List<Span> spans) {

  public ActivePeriods {
    spans = List.copyOf(spans);
  }

  /**
   * Half-open.
   *
   * @param to {@link Instant#MAX} if it is still going on
   */
  public record Span(Instant from, Instant to) {}

  /** One version of the campaign: from this instant it is active, or is not. */
  public record StatusChange(Instant occurredAt, boolean active) {}

  /** At work ever since. */
  public static ActivePeriods since(Instant from) {
    return new ActivePeriods(List.of(new Span(from, Instant.MAX)));
  }

  /**
   * From all versions of a campaign.
   *
   * @param versions in time order
   * @param startsAt the campaign's start: before it being ACTIVE means nothing; null if none is set
   * @param firstUsageAt the campaign's first usage, which shows it at work before the first version
   *     and before startsAt; null if it has none
   */
  public static ActivePeriods of(
      List<StatusChange> versions, @Nullable Instant startsAt, @Nullable Instant firstUsageAt) {
    List<Span> spans = new ArrayList<>();
    Instant from =
        firstUsageAt != null
                && (versions.isEmpty() || firstUsageAt.isBefore(versions.get(0).occurredAt()))
            ? firstUsageAt
            : null;
    for (StatusChange version : versions) {
      if (version.active() && from == null) {
        from = version.occurredAt();
      } else if (!version.active() && from != null) {
        spans.add(new Span(from, version.occurredAt()));
        from = null;
      }
    }
    if (from != null) {
      spans.add(new Span(from, Instant.MAX));
    }
    Instant start =
        startsAt != null && firstUsageAt != null && firstUsageAt.isBefore(startsAt)
            ? firstUsageAt
            : startsAt;
    return start == null ? new ActivePeriods(spans) : new ActivePeriods(spans).notBefore(start);
  }

  /** Whether it was at work for a moment of the stretch. */
  public boolean overlaps(Instant from, Instant to) {
    return spans.stream().anyMatch(span -> span.from().isBefore(to) && span.to().isAfter(from));
  }

  private ActivePeriods notBefore(Instant start) {
    return new ActivePeriods(
        spans.stream()
            .filter(span -> span.to().isAfter(start))
            .map(span -> span.from().isBefore(start) ? new Span(start, span.to()) : span)
            .toList());
  }
}
