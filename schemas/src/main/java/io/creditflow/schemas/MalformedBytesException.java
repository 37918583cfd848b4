package io.creditflow.schemas;

/**
 * The bytes are not valid Avro of their schema. Callers outside this package see an {@link
 * UndecodableException} instead.
 */
final class MalformedBytesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedBytesException(String message) {
    super(message, null, false, false);
  }
}
