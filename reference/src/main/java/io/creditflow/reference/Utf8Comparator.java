package io.creditflow.reference;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** Orders ids by their UTF-8 bytes, which differs from the order of Java strings. */
public final class Utf8Comparator {
  public static final Comparator<String> ORDER =
      (left, right) ->
          Arrays.compareUnsigned(
              left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

  private Utf8Comparator() {}
}
