/** A rival that uses the Kafka Streams DSL as its tutorials do. */
package io.creditflow.bench.pipeline.dsl;
