package io.creditflow.histories;

import io.creditflow.histories.HistoryStep.Deliver;
import java.util.List;
import org.apache.avro.Schema;

/** Formats a history as readable text. */
public final class HistoryFormatter {
  private HistoryFormatter() {}

  public static String of(GeneratedHistory history) {
    StringBuilder script = new StringBuilder();
    script.append(history.rules()).append('\n');
    history.steps().forEach(step -> script.append("  ").append(line(step)).append('\n'));
    return script.toString();
  }

  static String line(HistoryStep step) {
    if (!(step instanceof Deliver deliver)) {
      return step.toString();
    }
    StringBuilder line = new StringBuilder();
    line.append(deliver.arrival()).append("  ").append(deliver.topic());
    List<Schema.Field> fields = deliver.event().getSchema().getFields();
    for (Schema.Field field : fields) {
      Object value = deliver.event().get(field.pos());
      if (value != null) {
        line.append("  ").append(field.name()).append('=').append(value);
      }
    }
    return line.toString();
  }
}
