package io.creditflow.api.credit;

import java.util.function.Function;

/**
 * A question whose answer is wanted as lines of CSV.
 *
 * @param query its path is that of the peers' port
 * @param toPart writes the answer
 */
record CsvQuery<T>(WorkspaceQuery<T> query, Function<T, CsvPart> toPart) {}
