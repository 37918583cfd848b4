package io.creditflow.query;

import java.time.LocalDate;
import java.util.Set;

/**
 * The parameters of {@code GET .../credits/history}.
 *
 * @param from first day in the workspace's zone, included; null for no bound
 * @param to last day, included; null for no bound
 * @param campaignId null for all
 * @param kinds the kinds of rows to return; empty for all
 * @param leadId null for all
 * @param limit rows on a page, 1 to {@link Page#LIMIT_MAX}
 * @param cursor {@code nextCursor} of the previous page; null for the first page
 */
public record HistoryQuery(
    LocalDate from,
    LocalDate to,
    String campaignId,
    Set<HistoryRow.Kind> kinds,
    String leadId,
    int limit,
    String cursor) {}
