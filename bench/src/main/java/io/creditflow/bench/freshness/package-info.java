/** How soon what was published is visible. */
package io.creditflow.bench.freshness;
