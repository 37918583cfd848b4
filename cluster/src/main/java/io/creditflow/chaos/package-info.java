/**
 * {@code bin/chaos}: a cluster under load, faults in an order given by a seed, readers that check
 * every response, and an audit at the end.
 */
package io.creditflow.chaos;
