package io.creditflow.chaos;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Checks that the numbers of one response are consistent with each other. A response shows one view
 * of the state, so this holds for any usage.
 */
final class ResponseInvariants {
  private ResponseInvariants() {}

  /** Checks a balance. Returns a description of the inconsistency; null if there is none. */
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
    boolean isSumOfGrants =
        credits.path("allocated").asLong() == allocated
            && credits.path("remaining").asLong() == remaining
            && credits.path("consumed").asLong() == allocated - remaining;
    boolean isOverageOnlyIfUsedUp = remaining == 0 || credits.path("overage").asLong() == 0;
    return isSumOfGrants && isOverageOnlyIfUsedUp
        ? null
        : "the balance does not add up: " + credits;
  }

  /** Credits used, covered by grants or not. */
  static long used(JsonNode credits) {
    long used = credits.path("overage").asLong();
    for (JsonNode grant : credits.path("grants")) {
      used += grant.path("consumed").asLong();
    }
    return used;
  }

  /**
   * Checks that each row's net is the net of the row below plus the row's credits. Returns a
   * description of the inconsistency; null if there is none.
   */
  static String history(JsonNode rows) {
    for (int index = 0; index + 1 < rows.size(); index++) {
      JsonNode row = rows.get(index);
      if (net(row) != net(rows.get(index + 1)) + row.path("credits").asLong()) {
        return "balances of two rows do not connect: " + row + " above " + rows.get(index + 1);
      }
    }
    return null;
  }

  private static long net(JsonNode row) {
    return row.path("balanceAfter").asLong() - row.path("overageAfter").asLong();
  }
}
