/**
 * Utilities that tests, {@code bin/cluster} and {@code bin/bench} share: child processes and the
 * watchdog that ends them with their parent, awaiting conditions, an HTTP client, metrics, free
 * ports, scratch directories.
 */
package io.creditflow.testkit;
