package io.creditflow.schemas;

import java.util.List;

/** Names of the topics that Creditflow reads and writes (contract section 2). */
public final class Topics {
  public static final String LEAD_SOURCED = "lead-sourced";
  public static final String PHONE_REVEALED = "phone-revealed";
  public static final String EMAIL_SENT = "email-sent";
  public static final String USAGE_REVERSED = "usage-reversed";
  public static final String CREDIT_GRANTS = "credit-grants";
  public static final String CAMPAIGNS = "campaigns";
  public static final String WORKSPACES = "workspaces";

  public static final String CREDIT_ALERTS = "credit-alerts";
  public static final String REJECTED_EVENTS = "rejected-events";

  /** The topics that Creditflow reads. All have the same number of partitions and the same key. */
  public static final List<String> INPUTS =
      List.of(
          LEAD_SOURCED,
          PHONE_REVEALED,
          EMAIL_SENT,
          USAGE_REVERSED,
          CREDIT_GRANTS,
          CAMPAIGNS,
          WORKSPACES);

  /** The topics that Creditflow writes. */
  public static final List<String> OUTPUTS = List.of(CREDIT_ALERTS, REJECTED_EVENTS);

  private Topics() {}
}
