/** The time from publishing an event until it is visible. */
package io.creditflow.bench.freshness;
