/** Generated load and what it must come to. */
package io.creditflow.bench.workload;
