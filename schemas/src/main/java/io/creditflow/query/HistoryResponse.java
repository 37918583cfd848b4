package io.creditflow.query;

import java.util.List;

/**
 * A page of the Credit History, newest first ({@code GET .../credits/history}).
 *
 * @param changed true if rows older than the cursor have changed since the previous page was read,
 *     so that the balances of the two pages do not connect
 * @param nextCursor null on the last page
 */
public record HistoryResponse(List<HistoryRow> items, boolean changed, String nextCursor) {}
