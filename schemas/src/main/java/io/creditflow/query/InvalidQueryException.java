package io.creditflow.query;

/** A query that cannot be answered as asked: names the parameter and says why. */
public final class InvalidQueryException extends RuntimeException {
  private final String parameter;

  /**
   * @param parameter the query parameter's name, as in the contract
   * @param message what is wrong and what would be right
   */
  public InvalidQueryException(String parameter, String message) {
    super(message);
    this.parameter = parameter;
  }

  public String parameter() {
    return parameter;
  }
}
