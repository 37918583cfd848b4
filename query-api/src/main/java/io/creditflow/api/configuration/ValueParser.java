package io.creditflow.api.configuration;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses and describes the valid values of a setting.
 *
 * @param description the valid values, with unit and bounds: "a duration from 10 ms to 1 h"
 * @param parser turns the text into the value; throws {@link IllegalArgumentException}, whose
 *     message completes "the value is invalid: ..."
 */
public record ValueParser<T>(String description, Function<String, T> parser) {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12}) ?(ms|s|m|h|d)");
  private static final Pattern BYTES =
      Pattern.compile("(\\d{1,15}) ?(B|KiB|MiB|GiB|kB|MB|GB)?", Pattern.CASE_INSENSITIVE);

  T parse(String text) {
    return parser.apply(text);
  }

  static ValueParser<String> text(String description) {
    return new ValueParser<>(description, Function.identity());
  }

  /** Any text; empty text yields an empty {@link Optional}. */
  static ValueParser<Optional<String>> optionalText(String description) {
    return new ValueParser<>(
        description, text -> Optional.of(text).filter(given -> !given.isEmpty()));
  }

  static ValueParser<String> matching(String description, String pattern) {
    return new ValueParser<>(
        description,
        text -> {
          require(text.matches(pattern), "not " + description);
          return text;
        });
  }

  static ValueParser<Integer> wholeNumber(int least, int most) {
    return new ValueParser<>(
        "a whole number from " + least + " to " + most,
        text -> {
          try {
            int value = Integer.parseInt(text);
            require(value >= least && value <= most, "out of bounds");
            return value;
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a whole number", e);
          }
        });
  }

  static ValueParser<Integer> port() {
    return new ValueParser<>(
        "a port from 0 to 65535; 0 chooses a free one", text -> wholeNumber(0, 65535).parse(text));
  }

  static ValueParser<Boolean> yesOrNo() {
    return oneOf(
        "`true` or `false`",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> null;
            });
  }

  static <E extends Enum<E>> ValueParser<E> oneOf(Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      names.add("`" + constant.name().toLowerCase(Locale.ROOT) + "`");
    }
    return oneOf(
        String.join(" or ", names),
        text -> {
          for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
              return constant;
            }
          }
          return null;
        });
  }

  private static <T> ValueParser<T> oneOf(String description, Function<String, T> nullable) {
    return new ValueParser<>(
        description,
        text -> {
          T value = nullable.apply(text);
          require(value != null, "not one of them");
          return value;
        });
  }

  static ValueParser<Duration> duration(Duration least, Duration most) {
    return new ValueParser<>(
        "a duration (`250ms`, `30s`, `5m`, `12h`, `35d`) from "
            + describe(least)
            + " to "
            + describe(most),
        text -> {
          Duration value = parseDuration(text);
          require(value.compareTo(least) >= 0 && value.compareTo(most) <= 0, "out of bounds");
          return value;
        });
  }

  private static Duration parseDuration(String text) {
    Matcher parts = DURATION.matcher(text);
    require(parts.matches(), "not a duration");
    long amount = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static String describe(Duration duration) {
    if (duration.toDays() > 0) {
      return duration.toDays() + " d";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + " h";
    }
    if (duration.toMinutes() > 0) {
      return duration.toMinutes() + " min";
    }
    return duration.toSeconds() > 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
  }

  static ValueParser<Long> bytes(long least, long most) {
    return new ValueParser<>(
        "a size in bytes (`64MiB`, `1GiB`) from " + describe(least) + " to " + describe(most),
        text -> {
          Matcher parts = BYTES.matcher(text);
          require(parts.matches(), "not a size");
          String unit = parts.group(2) == null ? "b" : parts.group(2).toLowerCase(Locale.ROOT);
          long factor =
              switch (unit) {
                case "kib" -> 1L << 10;
                case "mib" -> 1L << 20;
                case "gib" -> 1L << 30;
                case "kb" -> 1_000L;
                case "mb" -> 1_000_000L;
                case "gb" -> 1_000_000_000L;
                default -> 1L;
              };
          long value = Math.multiplyExact(Long.parseLong(parts.group(1)), factor);
          require(value >= least && value <= most, "out of bounds");
          return value;
        });
  }

  private static String describe(long bytes) {
    if (bytes >= 1L << 30) {
      return (bytes >> 30) + " GiB";
    }
    return bytes >= 1L << 20 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
  }

  /** A list of values separated by commas; blank text yields an empty list. */
  static <T> ValueParser<List<T>> listOf(ValueParser<T> item, String description) {
    return new ValueParser<>(
        description,
        text -> {
          List<T> values = new ArrayList<>();
          for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            values.add(item.parse(part.strip()));
          }
          return List.copyOf(values);
        });
  }

  /**
   * A list of thresholds, one for each level, from 0 to the maximum; their order is not checked.
   */
  static ValueParser<List<Double>> thresholds(int levels, double most, String description) {
    return new ValueParser<>(
        description,
        text -> {
          try {
            List<Double> values =
                listOf(new ValueParser<>("", Double::parseDouble), description).parse(text);
            require(values.size() == levels, "not " + levels + " numbers");
            for (double value : values) {
              require(value >= 0 && value <= most, "out of bounds");
            }
            return values;
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not numbers separated by commas", e);
          }
        });
  }

  /** A list of prices such as {@code 1} or {@code 1, 2@2027-01-01T00:00:00Z}. */
  static ValueParser<List<EffectivePrice>> prices() {
    return new ValueParser<>(
        "credits from 0 to 1000000; further prices after commas, each with the instant at which it"
            + " takes effect: `1, 2@2027-01-01T00:00:00Z`",
        text -> listOf(new ValueParser<>("", ValueParser::priceFrom), "").parse(text));
  }

  private static EffectivePrice priceFrom(String text) {
    int at = text.indexOf('@');
    long credits = wholeNumber(0, 1_000_000).parse(at < 0 ? text : text.substring(0, at).strip());
    try {
      Instant from = at < 0 ? Instant.EPOCH : Instant.parse(text.substring(at + 1).strip());
      return new EffectivePrice(credits, from);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("the part after @ is not an instant", e);
    }
  }

  static void require(boolean isValid, String message) {
    if (!isValid) {
      throw new IllegalArgumentException(message);
    }
  }
}
