package io.creditflow.api.topics;

import java.util.List;

/** Existing topics do not meet the requirements. The message lists each problem and its fix. */
public final class InvalidTopicsException extends RuntimeException {
  InvalidTopicsException(List<String> problems) {
    super(
        "Creditflow did not start: topics are not as they must be.\n  "
            + String.join("\n  ", problems));
  }
}
