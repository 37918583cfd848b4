package io.creditflow.query;

import java.util.List;

/**
 * A page of the Credit History, newest first ({@code GET .../credits/history}).
 *
 * @param changed true if something older than the cursor changed since the page before, so that the
 *     balances of the two pages do not chain
 * @param nextCursor null at the end
 */
public record HistoryResponse(List<HistoryRow> items, boolean changed, String nextCursor) {}
