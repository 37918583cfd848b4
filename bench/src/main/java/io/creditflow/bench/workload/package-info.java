/** Generated load and its expected totals. */
package io.creditflow.bench.workload;
