package io.creditflow.api.credit;

import java.util.Locale;

/** Computes the preference of an Accept header for a media type (RFC 9110, section 12.5.1). */
final class AcceptHeader {
  /** The weight, from 0 (not accepted) to 1, of the most specific range that matches the type. */
  static double quality(String accept, String mediaType) {
    String group = mediaType.substring(0, mediaType.indexOf('/')) + "/*";
    double quality = 0;
    int specificity = -1;
    for (String part : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] range = part.split(";", -1);
      String type = range[0].strip();
      int covers =
          type.equals(mediaType) ? 2 : type.equals(group) ? 1 : type.equals("*/*") ? 0 : -1;
      if (covers > specificity) {
        specificity = covers;
        quality = qualityOf(range);
      }
    }
    return quality;
  }

  private static double qualityOf(String[] range) {
    for (int i = 1; i < range.length; i++) {
      String parameter = range[i].strip();
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }

  private AcceptHeader() {}
}
