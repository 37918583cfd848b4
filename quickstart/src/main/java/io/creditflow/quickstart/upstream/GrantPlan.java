package io.creditflow.quickstart.upstream;

/**
 * Credits that a workspace buys. Days count from today and begin at midnight in its zone.
 *
 * @param share the amount, as a share of all credits that the workspace spends in the history
 * @param boughtDay the day of the grant's event; null for fromDay
 * @param fromDay the day on which the grant takes effect
 * @param untilDay the day on which the grant expires; null for never
 * @param voidDay the day on which the grant is voided; null for never
 * @param renews whether an equal grant follows at each expiry
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
