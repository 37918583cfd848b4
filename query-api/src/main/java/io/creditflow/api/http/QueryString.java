package io.creditflow.api.http;

import io.creditflow.api.http.Problem.BadParameter;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes query strings strictly: each name may occur once, with valid percent-encoding and UTF-8.
 */
final class QueryString {
  private static final int PAIRS_MAX = 32;

  /**
   * Returns the valid parameters in order.
   *
   * @param raw the query string without question mark, as received; null if there is none
   * @param errors receives an entry for each invalid parameter
   * @throws ProblemException if there are too many parameters
   */
  static Map<String, String> parse(String raw, List<BadParameter> errors) {
    Map<String, String> values = new LinkedHashMap<>();
    if (raw == null || raw.isEmpty()) {
      return values;
    }
    String[] pairs = raw.split("&", -1);
    if (pairs.length > PAIRS_MAX) {
      throw Problem.badRequest("More than " + PAIRS_MAX + " parameters.").exception();
    }
    for (String pair : pairs) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String rawName = equals < 0 ? pair : pair.substring(0, equals);
        decodeInto(rawName, equals < 0 ? "" : pair.substring(equals + 1), values, errors);
      }
    }
    return values;
  }

  private static void decodeInto(
      String rawName, String rawValue, Map<String, String> values, List<BadParameter> errors) {
    String name;
    try {
      name = decode(rawName);
    } catch (CharacterCodingException e) {
      errors.add(new BadParameter(rawName, "the name is not percent-encoded UTF-8"));
      return;
    }
    try {
      if (values.putIfAbsent(name, decode(rawValue)) != null) {
        errors.add(new BadParameter(name, "given more than once"));
      }
    } catch (CharacterCodingException e) {
      errors.add(new BadParameter(name, "not percent-encoded UTF-8"));
    }
  }

  static String decode(String raw) throws CharacterCodingException {
    if (raw.indexOf('%') < 0 && raw.indexOf('+') < 0 && isAscii(raw)) {
      return raw;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
        int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw new CharacterCodingException();
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else if (c < 0x80) {
        bytes.write(c == '+' ? ' ' : c);
      } else {
        throw new CharacterCodingException();
      }
    }
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes.toByteArray()))
        .toString();
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Percent-encodes a path segment or a query value. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private QueryString() {}
}
