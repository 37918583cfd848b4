package io.creditflow.api.credit;

import io.creditflow.answer.HistoryAnswer;
import io.creditflow.api.http.Call;
import io.creditflow.api.http.Reply;
import java.time.Instant;
import java.util.Optional;

/** Finds the answer to a question. */
public interface Answerer {
  /** Empty if the workspace or campaign is unknown. */
  <T> Optional<Reply> answer(Call call, Question<T> question);

  /** One page of history, not rendered; empty if the workspace is unknown. */
  Optional<HistoryPage> historyPage(Call call, Question<HistoryAnswer> question);

  /**
   * @param asOf of this page
   */
  record HistoryPage(HistoryAnswer answer, Instant asOf) {}
}
