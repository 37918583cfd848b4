package io.creditflow.api.credit;

import io.creditflow.api.http.Call;
import io.creditflow.api.http.Reply;
import java.time.Instant;
import java.util.Optional;

/** Finds the answer to a question. */
public interface Answerer {
  /** Empty if the workspace or campaign is unknown. */
  <T> Optional<Reply> answer(Call call, Question<T> question);

  /** A part of a CSV; empty if the workspace is unknown. */
  <T> Optional<CsvReading> csv(Call call, CsvQuestion<T> question);

  /**
   * @param asOf of this part
   */
  record CsvReading(CsvPart part, Instant asOf) {}
}
