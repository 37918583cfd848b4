/**
 * What deserves an alert, decided by pure functions: state before and a measure in, alerts and
 * state after out. Nothing here knows of topics or stores.
 *
 * <p>Invariants: each crossing of a threshold is raised once per arming; the same history gives the
 * same alert ids; a crossing more than a day old is noted but not raised.
 */
@NullMarked
package io.creditflow.alert;

import org.jspecify.annotations.NullMarked;
