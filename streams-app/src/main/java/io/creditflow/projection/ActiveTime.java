package io.creditflow.projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * When a campaign was at work: the spans of its life in which it was ACTIVE, pauses left out.
 *
 * @param spans in time order, apart from each other; the last one may be open
 */
public record ActiveTime(List<Span> spans) {

  public ActiveTime {
    spans = List.copyOf(spans);
  }

  /**
   * Half-open.
   *
   * @param to {@link Instant#MAX} if it is still going on
   */
  public record Span(Instant from, Instant to) {}

  /** One picture of the campaign: from this instant it is active, or is not. */
  public record Picture(Instant occurredAt, boolean active) {}

  /** At work ever since. */
  public static ActiveTime since(Instant from) {
    return new ActiveTime(List.of(new Span(from, Instant.MAX)));
  }

  /**
   * From all pictures of a campaign.
   *
   * @param pictures in time order
   * @param startsAt the campaign's start: before it being ACTIVE means nothing; null if none is set
   * @param firstUsageAt the campaign's first usage, which shows it at work before the first picture
   *     and before startsAt; null if it has none
   */
  public static ActiveTime of(List<Picture> pictures, Instant startsAt, Instant firstUsageAt) {
    List<Span> spans = new ArrayList<>();
    Instant from =
        firstUsageAt != null
                && (pictures.isEmpty() || firstUsageAt.isBefore(pictures.get(0).occurredAt()))
            ? firstUsageAt
            : null;
    for (Picture picture : pictures) {
      if (picture.active() && from == null) {
        from = picture.occurredAt();
      } else if (!picture.active() && from != null) {
        spans.add(new Span(from, picture.occurredAt()));
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
    return start == null ? new ActiveTime(spans) : new ActiveTime(spans).notBefore(start);
  }

  /** Whether it was at work for a moment of the stretch. */
  public boolean overlaps(Instant from, Instant to) {
    return spans.stream().anyMatch(span -> span.from().isBefore(to) && span.to().isAfter(from));
  }

  private ActiveTime notBefore(Instant start) {
    return new ActiveTime(
        spans.stream()
            .filter(span -> span.to().isAfter(start))
            .map(span -> span.from().isBefore(start) ? new Span(start, span.to()) : span)
            .toList());
  }
}
