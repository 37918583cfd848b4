package io.creditflow.schemas;

/**
 * The registry gave no answer that could be used: down, slow, failing, or not a registry at all.
 *
 * <p>It says nothing about the record at hand: wait and try again, do not reject.
 */
public final class RegistryUnavailableException extends SchemaRegistryException {
  private static final long serialVersionUID = 1L;

  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
