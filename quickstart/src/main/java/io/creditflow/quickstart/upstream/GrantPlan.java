package io.creditflow.quickstart.upstream;

/**
 * Credits that a workspace buys. Days count from today and begin at midnight in its zone.
 *
 * @param share the amount, as a share of all credits that the workspace spends in the story
 * @param boughtDay when it is recorded; null for the day on which it takes effect
 * @param fromDay when it takes effect
 * @param untilDay when it expires; null for never
 * @param voidDay when it is voided; null for never
 * @param renews whether a like grant follows whenever it expires
 */
record GrantPlan(
    String id,
    double share,
    Integer boughtDay,
    int fromDay,
    Integer untilDay,
    Integer voidDay,
    int priority,
    boolean renews,
    String reason) {}
