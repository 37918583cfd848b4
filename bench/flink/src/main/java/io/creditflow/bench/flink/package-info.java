/** Counting as an Apache Flink job. */
package io.creditflow.bench.flink;
