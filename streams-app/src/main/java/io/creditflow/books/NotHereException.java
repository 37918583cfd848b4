package io.creditflow.books;

/** This process holds no readable copy of the partition: ask another, or later. */
public final class NotHereException extends RuntimeException {
  public NotHereException(String message) {
    super(message);
  }
}
