package io.creditflow.histories;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** The product and the reference calculator disagree, or a property does not hold. */
final class MismatchError extends AssertionError {
  private static final long serialVersionUID = 1L;

  MismatchError(String message) {
    super(message);
  }

  static void unlessEqual(Supplier<String> what, Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw new MismatchError(
          what.get() + "\n  expected " + lines(expected) + "\n  but was  " + lines(actual));
    }
  }

  static void unless(boolean holds, Supplier<String> what) {
    if (!holds) {
      throw new MismatchError(what.get());
    }
  }

  private static String lines(Object value) {
    if (value instanceof List<?> list && !list.isEmpty()) {
      StringBuilder text = new StringBuilder();
      list.forEach(item -> text.append("\n    ").append(item));
      return text.toString();
    }
    return String.valueOf(value);
  }
}
