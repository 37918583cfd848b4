package io.creditflow.query;

/** A query has an invalid parameter. The exception names the parameter and says what is wrong. */
public final class InvalidQueryException extends RuntimeException {
  private final String parameter;

  /**
   * @param parameter the query parameter's name, as in the contract
   * @param message what is wrong and which values are valid
   */
  public InvalidQueryException(String parameter, String message) {
    super(message);
    this.parameter = parameter;
  }

  public String parameter() {
    return parameter;
  }
}
