package io.creditflow.api.topics;

import java.util.List;

/** Topics exist that Creditflow cannot count on; says of each what is wrong and what fixes it. */
public final class InvalidTopicsException extends RuntimeException {
  InvalidTopicsException(List<String> problems) {
    super(
        "Creditflow did not start: topics are not as they must be.\n  "
            + String.join("\n  ", problems));
  }
}
