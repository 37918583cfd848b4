/**
 * The Kafka Streams layer around the counting engine: topology, commit, state stores, and reading
 * of states. Everything in this module that depends on Kafka is here.
 */
package io.creditflow.streams;
