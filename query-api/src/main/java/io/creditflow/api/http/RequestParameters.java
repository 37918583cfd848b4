package io.creditflow.api.http;

import io.creditflow.api.http.Problem.BadParameter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The query parameters of one request. Each method that reads a parameter records an invalid value
 * and returns the default. {@link #requireValidAndKnown} then reports all invalid and all unknown
 * parameters together. Not thread-safe.
 */
public final class RequestParameters {
  public static final int LIMIT_DEFAULT = 50;
  private static final int TEXT_LENGTH_MAX = 256;
  private static final int CURSOR_LENGTH_MAX = 6144;

  private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,2}");
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,12}");
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern INSTANT =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
              + "(Z|[+-][0-9]{2}:[0-9]{2})");

  private final List<BadParameter> errors = new ArrayList<>();
  private final Map<String, String> values;
  private final Set<String> known = new HashSet<>();

  private RequestParameters(String rawQuery) {
    this.values = QueryString.parse(rawQuery, errors);
  }

  /**
   * @param rawQuery the query string as received; null if there is none
   */
  public static RequestParameters of(String rawQuery) {
    return new RequestParameters(rawQuery);
  }

  /** Records a parameter as invalid. */
  public void reject(String name, String why) {
    errors.add(new BadParameter(name, why));
  }

  /**
   * Requires that all parameters are valid and known. To be called after all have been read.
   *
   * @throws ProblemException 400 with every invalid and every unknown parameter
   */
  public void requireValidAndKnown() {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        String shown = name.length() > 64 ? name.substring(0, 64) + "…" : name;
        String others =
            known.isEmpty()
                ? "there are none here"
                : known.stream().sorted().collect(Collectors.joining(", ", "known are ", ""));
        errors.add(new BadParameter(shown, "unknown parameter; " + others));
      }
    }
    if (!errors.isEmpty()) {
      throw Problem.badParameters(errors).exception();
    }
  }

  private String read(String name) {
    known.add(name);
    return values.get(name);
  }

  /** Free text, at most 256 characters; null if absent or empty. */
  public String text(String name) {
    return text(name, TEXT_LENGTH_MAX);
  }

  private String text(String name, int lengthMax) {
    String value = read(name);
    if (value == null || value.isEmpty()) {
      return null;
    }
    if (value.codePointCount(0, value.length()) > lengthMax) {
      reject(name, "at most " + lengthMax + " characters");
      return null;
    }
    return value;
  }

  /** The {@code nextCursor} of the previous page; null for the first page. */
  public String cursor() {
    return text("cursor", CURSOR_LENGTH_MAX);
  }

  /**
   * The maximum number of items on the page.
   *
   * @param most the maximum that may be requested, at most 999
   */
  public int limit(int most) {
    String value = read("limit");
    if (value == null) {
      return LIMIT_DEFAULT;
    }
    if (!LIMIT.matcher(value).matches() || Integer.parseInt(value) > most) {
      reject("limit", "must be a whole number from 1 to " + most);
      return LIMIT_DEFAULT;
    }
    return Integer.parseInt(value);
  }

  /**
   * A whole number that is not negative; 0 if absent.
   *
   * @param most the largest valid number, at most 999,999,999,999
   */
  public long count(String name, long most) {
    String value = read(name);
    if (value == null) {
      return 0;
    }
    if (!COUNT.matcher(value).matches() || Long.parseLong(value) > most) {
      reject(name, "must be a whole number from 0 to " + most);
      return 0;
    }
    return Long.parseLong(value);
  }

  /** A day; null if absent. */
  public LocalDate day(String name) {
    String value = read(name);
    if (value == null) {
      return null;
    }
    try {
      if (DAY.matcher(value).matches()) {
        return LocalDate.parse(value);
      }
    } catch (DateTimeException e) {
      // falls through: the day does not exist, for example February 30
    }
    reject(name, "must be a day, YYYY-MM-DD");
    return null;
  }

  /** An instant; null if absent. */
  public Instant instant(String name) {
    String value = read(name);
    if (value == null) {
      return null;
    }
    String upper = value.toUpperCase(Locale.ROOT);
    try {
      if (INSTANT.matcher(upper).matches()) {
        return OffsetDateTime.parse(upper).toInstant();
      }
    } catch (DateTimeException e) {
      // falls through: the day or the time does not exist
    }
    reject(name, "must be an RFC 3339 instant such as 2026-01-31T12:00:00Z (write + as %2B)");
    return null;
  }

  /** An enum constant, in lower case in the request; the default if absent. */
  public <E extends Enum<E>> E lowerCase(String name, Class<E> type, E otherwise) {
    String value = read(name);
    if (value == null) {
      return otherwise;
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
        return constant;
      }
    }
    reject(name, "must be one of " + namesOf(type).toLowerCase(Locale.ROOT));
    return otherwise;
  }

  /** Enum constants, separated by commas; empty if absent. */
  public <E extends Enum<E>> Set<E> several(String name, Class<E> type) {
    Set<E> chosen = EnumSet.noneOf(type);
    String value = read(name);
    if (value == null || value.isEmpty()) {
      return chosen;
    }
    for (String part : value.split(",", -1)) {
      try {
        chosen.add(Enum.valueOf(type, part));
      } catch (IllegalArgumentException e) {
        reject(name, "must be one or more, separated by commas, of " + namesOf(type));
        return chosen;
      }
    }
    return chosen;
  }

  /** One of the given words, or the default if absent or empty. */
  public String word(String name, List<String> words, String otherwise) {
    String value = read(name);
    if (value == null || value.isEmpty()) {
      return otherwise;
    }
    if (!words.contains(value)) {
      reject(name, "must be one of " + String.join(", ", words));
      return otherwise;
    }
    return value;
  }

  private static <E extends Enum<E>> String namesOf(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
  }

  /**
   * The encoded query string of the same parameters with changes, for another instance.
   *
   * @param changed new values by name; null removes the parameter
   * @return the query string with its question mark; empty if there are no parameters
   */
  public String encodedWith(Map<String, String> changed) {
    Map<String, String> all = new LinkedHashMap<>(values);
    changed.forEach((name, value) -> all.compute(name, (n, v) -> value));
    return all.isEmpty()
        ? ""
        : all.entrySet().stream()
            .map(pair -> encode(pair.getKey()) + "=" + encode(pair.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  /** The encoded query string with its question mark; empty if there are no parameters. */
  public String encoded() {
    return values.isEmpty() ? "" : encodedWith(Map.of());
  }

  /** Percent-encodes a path segment or a query value. */
  public static String encode(String text) {
    return QueryString.encode(text);
  }
}
