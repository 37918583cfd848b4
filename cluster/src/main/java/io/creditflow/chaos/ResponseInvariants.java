package io.creditflow.chaos;

import com.fasterxml.jackson.databind.JsonNode;

/** What must hold of any answer, whatever was counted: an answer is one view of the state. */
final class ResponseInvariants {
  private ResponseInvariants() {}

  /** Null if it adds up, else what does not. */
  static String credits(JsonNode credits) {
    long allocated = 0;
    long remaining = 0;
    for (JsonNode grant : credits.path("grants")) {
      long amount = grant.path("amount").asLong();
      long rest = grant.path("remaining").asLong();
      if (amount != rest + grant.path("consumed").asLong() + grant.path("forfeited").asLong()) {
        return "a grant is not remaining + consumed + forfeited: " + grant;
      }
      String status = grant.path("status").asText();
      if (status.equals("ACTIVE") || status.equals("DEPLETED")) {
        allocated += amount;
        remaining += rest;
      }
    }
    boolean adds =
        credits.path("allocated").asLong() == allocated
            && credits.path("remaining").asLong() == remaining
            && credits.path("consumed").asLong() == allocated - remaining;
    boolean apart = remaining == 0 || credits.path("overage").asLong() == 0;
    return adds && apart ? null : "the balance does not add up: " + credits;
  }

  /** Credits that usage took, covered by grants or not. */
  static long used(JsonNode credits) {
    long used = credits.path("overage").asLong();
    for (JsonNode grant : credits.path("grants")) {
      used += grant.path("consumed").asLong();
    }
    return used;
  }

  /** Each row's net is that of the row below plus its credits. */
  static String history(JsonNode rows) {
    for (int place = 0; place + 1 < rows.size(); place++) {
      JsonNode row = rows.get(place);
      if (net(row) != net(rows.get(place + 1)) + row.path("credits").asLong()) {
        return "rows do not chain: " + row + " above " + rows.get(place + 1);
      }
    }
    return null;
  }

  private static long net(JsonNode row) {
    return row.path("balanceAfter").asLong() - row.path("overageAfter").asLong();
  }
}
