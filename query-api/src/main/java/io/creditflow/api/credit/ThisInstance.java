package io.creditflow.api.credit;

import io.creditflow.api.http.Call;
import io.creditflow.api.http.Reply;
import io.creditflow.api.peer.Locator;
import java.util.Optional;

/** Answers other instances: from the books here or not at all, so that no question travels on. */
public final class ThisInstance implements Answerer {
  private final Locator locator;
  private final LocalAnswers local;

  public ThisInstance(Locator locator, LocalAnswers local) {
    this.locator = locator;
    this.local = local;
  }

  @Override
  public <T> Optional<Reply> answer(Call call, Question<T> question) {
    int partition = locator.partitionOf(question.workspaceId());
    return locator.readHere(partition, () -> local.rendered(partition, question));
  }

  @Override
  public <T> Optional<CsvReading> csv(Call call, CsvQuestion<T> question) {
    int partition = locator.partitionOf(question.question().workspaceId());
    return locator.readHere(partition, () -> local.csv(partition, question));
  }
}
