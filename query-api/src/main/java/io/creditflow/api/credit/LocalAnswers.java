package io.creditflow.api.credit;

import io.creditflow.answer.CreditQueries;
import io.creditflow.api.credit.Answerer.CsvReading;
import io.creditflow.api.http.Reply;
import io.creditflow.api.http.Reply.Rendered;
import io.creditflow.books.LocalBooks;
import io.creditflow.books.LocalBooks.Reading;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Answers questions from the books that this instance holds. */
public final class LocalAnswers {
  private static final long UNKNOWN_WORKSPACE = -1;

  private final LocalBooks books;
  private final AnswerCache cache;
  private final Clock clock;

  /**
   * @param cacheBytesMax memory for rendered answers
   */
  public LocalAnswers(LocalBooks books, long cacheBytesMax, Clock clock) {
    this.books = books;
    this.cache = new AnswerCache(cacheBytesMax);
    this.clock = clock;
  }

  /** What one look into the books found: an answer still good, or a new one to be rendered. */
  private record Found(Rendered kept, Optional<?> answer, long version, Instant validUntil) {}

  /**
   * The answer rendered; empty if the workspace or campaign is unknown. Rendering happens after the
   * books are let go.
   *
   * @throws io.creditflow.books.NotHereException if the partition cannot be read here
   */
  <T> Reading<Optional<Reply>> rendered(int partition, Question<T> question) {
    Reading<Found> reading = books.read(partition, queries -> look(queries, question));
    Found found = reading.value();
    Rendered rendered = found.kept();
    if (rendered == null) {
      if (found.answer().isEmpty()) {
        return new Reading<>(Optional.empty(), reading.asOf());
      }
      rendered = Rendered.of(found.answer().get());
      cache.put(question.path(), rendered, found.version(), found.validUntil());
    }
    Reply reply = new Reply.Body(rendered, reading.asOf(), 200);
    return new Reading<>(Optional.of(reply), reading.asOf());
  }

  private <T> Found look(CreditQueries queries, Question<T> question) {
    long version = queries.version(question.workspaceId());
    if (version == UNKNOWN_WORKSPACE) {
      return new Found(null, Optional.empty(), version, Instant.EPOCH);
    }
    Rendered kept = cache.get(question.path(), version, clock.instant());
    if (kept != null) {
      return new Found(kept, Optional.empty(), version, Instant.EPOCH);
    }
    // Before the answer is read: if the clock passes a boundary in between, it ends too early
    // rather than too late.
    Instant validUntil = queries.validUntil(question.workspaceId());
    return new Found(null, question.ask().apply(queries), version, validUntil);
  }

  /**
   * A part of a CSV, written after the books are let go.
   *
   * @throws io.creditflow.books.NotHereException if the partition cannot be read here
   */
  <T> Reading<Optional<CsvReading>> csv(int partition, CsvQuestion<T> question) {
    Reading<Optional<T>> reading = books.read(partition, question.question().ask());
    return new Reading<>(
        reading.value().map(question.toPart()).map(part -> new CsvReading(part, reading.asOf())),
        reading.asOf());
  }

  LocalBooks books() {
    return books;
  }

  /** To be called when partitions have moved. */
  public void forgetRendered() {
    cache.clear();
  }
}
