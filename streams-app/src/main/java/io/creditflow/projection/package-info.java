/**
 * Computes the projected usage of a campaign and the runway of a workspace, with pure functions
 * over daily sums. The method and its measured error are in {@code
 * docs/decisions/0007-looking-ahead.md}.
 *
 * <p>Invariants: the same input gives the same numbers; a projection is never below what is already
 * used; low &lt;= projected &lt;= high; results are whole credits.
 */
@NullMarked
package io.creditflow.projection;

import org.jspecify.annotations.NullMarked;
