package io.creditflow.api.ops;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where a walk through rejected events stands: an offset per partition. */
final class RejectedCursor {
  static String encode(Map<Integer, Long> offsets) {
    String text =
        offsets.entrySet().stream()
            .map(entry -> entry.getKey() + ":" + Long.toString(entry.getValue(), 36))
            .collect(Collectors.joining(","));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * @throws IllegalArgumentException if it is not one of ours
   */
  static Map<Integer, Long> decode(String cursor) {
    Map<Integer, Long> offsets = new TreeMap<>();
    String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
    for (String entry : text.split(",", -1)) {
      int colon = entry.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException("no offset: " + entry);
      }
      long offset = Long.parseLong(entry.substring(colon + 1), 36);
      if (offset < 0) {
        throw new IllegalArgumentException("negative offset");
      }
      offsets.put(Integer.valueOf(entry.substring(0, colon)), offset);
    }
    return offsets;
  }

  private RejectedCursor() {}
}
