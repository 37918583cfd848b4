/**
 * A cluster on one machine: brokers, schema registry and instances of Creditflow, each a process of
 * its own on loopback that can be killed, frozen, stopped and started again. For tests, {@code
 * bin/chaos} and {@code bin/soak}; nothing of it outlives the process that started it.
 */
package io.creditflow.cluster;
