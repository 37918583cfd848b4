/**
 * {@code bin/chaos}: a cluster under load, faults at seeded moments, readers that hold every answer
 * against what may be true, and an audit at the end.
 */
package io.creditflow.chaos;
