package io.creditflow.schemas;

/** Bytes that are not Avro of the schema at hand. Inside this package only. */
final class MalformedBytesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedBytesException(String message) {
    super(message, null, false, false);
  }
}
