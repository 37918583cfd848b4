/** Counting as the tutorials of Kafka Streams' DSL do it. */
package io.creditflow.bench.pipeline.dsl;
