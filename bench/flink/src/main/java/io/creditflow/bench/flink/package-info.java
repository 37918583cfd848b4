/** A rival that is an Apache Flink job. */
package io.creditflow.bench.flink;
