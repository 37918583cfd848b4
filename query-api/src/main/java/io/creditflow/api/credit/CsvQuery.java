package io.creditflow.api.credit;

import java.util.function.Function;

/**
 * A query for one part of a CSV export.
 *
 * @param query what is asked of the state; its path is the one on the management port, by which
 *     another instance is asked
 * @param toPart renders the answer as lines
 */
record CsvQuery<T>(WorkspaceQuery<T> query, Function<T, CsvPart> toPart) {}
