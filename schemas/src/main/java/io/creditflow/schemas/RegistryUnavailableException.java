package io.creditflow.schemas;

/**
 * The registry gave no usable answer: it is down, slow or failing, or the address is not a
 * registry.
 *
 * <p>The record may be valid, so callers wait and retry instead of rejecting it.
 */
public final class RegistryUnavailableException extends SchemaRegistryException {
  private static final long serialVersionUID = 1L;

  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
