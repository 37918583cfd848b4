/**
 * Decides which alerts to raise. The evaluators are pure functions: they take the previous state
 * and a measure, and return alerts and the new state. Nothing here depends on Kafka.
 *
 * <p>Invariants: each crossing of a threshold is raised once per arming; the same history gives the
 * same alert ids; a crossing more than a day old is stored but raises no alert.
 */
@NullMarked
package io.creditflow.alert;

import org.jspecify.annotations.NullMarked;
