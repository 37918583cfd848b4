package io.creditflow.query;

/**
 * What {@code GET .../credits/alerts} asks for.
 *
 * @param inForce true for those in force, of each kind and subject the most severe, as they are
 *     now; false for those that are not; null for all that were raised
 * @param limit alerts on a page, 1 to {@link Page#LIMIT_MAX}
 * @param cursor from an earlier answer; null for the first page
 */
public record AlertsQuery(Boolean inForce, int limit, String cursor) {}
