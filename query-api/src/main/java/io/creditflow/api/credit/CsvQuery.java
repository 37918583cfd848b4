package io.creditflow.api.credit;

import java.util.function.Function;

/**
 * A query for one part of a CSV export.
 *
 * @param query reads the rows; its path is the route on the management port of other instances
 * @param toPart renders the rows as lines
 */
record CsvQuery<T>(WorkspaceQuery<T> query, Function<T, CsvPart> toPart) {}
