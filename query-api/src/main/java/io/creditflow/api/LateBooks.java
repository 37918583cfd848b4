package io.creditflow.api;

import io.creditflow.answer.CreditQueries;
import io.creditflow.books.LocalBooks;
import io.creditflow.books.NotHereException;
import io.creditflow.books.Standing;
import java.util.function.Function;

/** Books that are opened after HTTP has begun to answer; until then nothing can be read here. */
final class LateBooks implements LocalBooks {
  private volatile LocalBooks opened;

  void open(LocalBooks books) {
    opened = books;
  }

  private LocalBooks books() {
    LocalBooks books = opened;
    if (books == null) {
      throw new NotHereException("this instance is starting");
    }
    return books;
  }

  @Override
  public Standing standing(int partition) {
    return books().standing(partition);
  }

  @Override
  public <T> Reading<T> read(int partition, Function<CreditQueries, T> query) {
    Reading<T> reading = books().read(partition, query);
    if (reading.asOf().toEpochMilli() <= 0) {
      throw new NotHereException("it is not known yet how current partition " + partition + " is");
    }
    return reading;
  }
}
