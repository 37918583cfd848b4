package io.creditflow.query;

/**
 * The parameters of {@code GET .../credits/alerts}.
 *
 * @param inForce true for the alerts in force now, only the most severe of each kind and subject;
 *     false for alerts that are no longer in force; null for all
 * @param limit alerts on a page, 1 to {@link Page#LIMIT_MAX}
 * @param cursor {@code nextCursor} of the previous page; null for the first page
 */
public record AlertsQuery(Boolean inForce, int limit, String cursor) {}
