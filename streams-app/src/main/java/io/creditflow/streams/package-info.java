/**
 * The Kafka Streams shell around the counting engine: topology, commit, state stores, and the way
 * in for readers. Everything that knows Kafka is here.
 */
package io.creditflow.streams;
