/** What Prometheus is told, on the management port. */
package io.creditflow.api.metrics;
