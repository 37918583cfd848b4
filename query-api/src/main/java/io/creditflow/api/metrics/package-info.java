/** The metrics that Prometheus scrapes on the management port. */
package io.creditflow.api.metrics;
