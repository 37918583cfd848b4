package io.creditflow.api.credit;

import java.util.function.Function;

/**
 * A question whose answer is wanted as lines of CSV.
 *
 * @param question its path is that of the peers' port
 * @param toPart writes the answer
 */
record CsvQuestion<T>(Question<T> question, Function<T, CsvPart> toPart) {}
