package io.creditflow.view;

import io.creditflow.alert.Alert;
import io.creditflow.alert.AlertRow;
import io.creditflow.alert.AlertRow.Place;
import io.creditflow.alert.AlertState;
import io.creditflow.alert.ExpiringRest;
import io.creditflow.alert.Measure;
import io.creditflow.alert.Measures;
import io.creditflow.alert.SpikeState;
import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.state.Key;
import io.creditflow.state.State;
import io.creditflow.state.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which alerts of a workspace its state still bears out, as of the last full minute (contract
 * section 4, alerts). What was crossed says which alert stands for a threshold, the one of its last
 * arming; the measure alone says whether it is in force.
 */
final class AlertsInForce {
  /** What those in force are listed by: the workspace's own first, the most severe, the newest. */
  record Rank(boolean isOfCampaign, AlertLevel level, Place place) implements Comparable<Rank> {
    private static final Comparator<Rank> ORDER =
        Comparator.comparing(Rank::isOfCampaign)
            .thenComparing(Rank::level, Comparator.reverseOrder())
            .thenComparing(Rank::place, Comparator.reverseOrder());

    static Rank of(AlertRow row) {
      return new Rank(row.alert().campaignId() != null, row.alert().level(), row.place());
    }

    @Override
    public int compareTo(Rank other) {
      return ORDER.compare(this, other);
    }
  }

  private record Subject(AlertKind kind, String id) {}

  private final State state;
  private final String workspaceId;
  private final Measures measures;
  private final Map<String, ExpiringRest> rests;
  private final Map<Subject, Measure> measured = new HashMap<>();

  AlertsInForce(State state, String workspaceId, long now) {
    this.state = state;
    this.workspaceId = workspaceId;
    measures = new Measures(state, workspaceId, BooksView.lastFullMinute(now));
    rests =
        measures.expiries().stream()
            .collect(Collectors.toMap(ExpiringRest::grantId, Function.identity()));
  }

  /** Whether it is in force. */
  boolean bears(Alert alert) {
    byte[] row = state.get(AlertState.key(workspaceId, alert.kind(), alert.subject()));
    if (row == null || alert.level() == AlertLevel.RECOVERED) {
      return false;
    }
    return standing(new Subject(alert.kind(), alert.subject()), row).stream()
        .anyMatch(standing -> standing.alertId.equals(alert.alertId()));
  }

  /** Of each kind and subject the most severe, as it is now, in the order of {@link Rank}. */
  List<AlertRow> mostSevere() {
    List<AlertRow> rows = new ArrayList<>();
    try (State.Rows states = state.within(Key.of(Table.ALERT_STATE, workspaceId).bytes())) {
      while (states.hasNext()) {
        State.Row row = states.next();
        Key.Parts key = Key.parts(row.key());
        key.text();
        Subject subject = new Subject(AlertKind.valueOf(key.text()), key.text());
        standing(subject, row.value()).stream()
            .map(this::present)
            .filter(Objects::nonNull)
            .max(Comparator.comparing(present -> present.alert().level()))
            .ifPresent(rows::add);
      }
    }
    rows.sort(Comparator.comparing(Rank::of));
    return rows;
  }

  /**
   * An alert that stands for a threshold which is reached, if it was raised.
   *
   * @param measure null for a spike, whose alert is about one hour and says the same for ever
   */
  private record Standing(String alertId, Measure measure) {}

  private List<Standing> standing(Subject subject, byte[] row) {
    if (subject.kind == AlertKind.SPIKE) {
      SpikeState spike = SpikeState.decode(row);
      return spike.open()
          ? List.of(
              new Standing(
                  Alert.spikeId(workspaceId, subject.id, AlertLevel.WARNING, spike.openSinceHour()),
                  null))
          : List.of();
    }
    Measure measure = measured.computeIfAbsent(subject, this::measure);
    List<Standing> standing = new ArrayList<>();
    for (AlertState.Crossed crossed : AlertState.decode(row).thresholds()) {
      double threshold = crossed.threshold();
      if (crossed.isFired()
          && measure != null
          && measure.standing(threshold) == Measure.Standing.REACHED) {
        standing.add(
            new Standing(
                Alert.id(workspaceId, subject.kind, subject.id, threshold, crossed.times()),
                measure));
      }
    }
    return standing;
  }

  /** Null if nothing of the kind is left to measure. */
  private Measure measure(Subject subject) {
    return switch (subject.kind) {
      case QUOTA -> measures.quota(subject.id);
      case LOW_BALANCE -> measures.balance();
      case EXPIRY -> rests.get(subject.id);
      case SPIKE -> throw new IllegalArgumentException("a spike is not measured");
    };
  }

  /** The alert with the value and message of this minute; null if it was not raised. */
  private AlertRow present(Standing standing) {
    AlertRow row = AlertRow.find(state, workspaceId, standing.alertId);
    return row == null || standing.measure == null
        ? row
        : new AlertRow(row.place(), row.alert().measured(standing.measure));
  }
}
