/**
 * A cluster on one machine: brokers, schema registry and instances of Creditflow, each in its own
 * process on the loopback interface, which can be killed, frozen, stopped and started again. For
 * tests, {@code bin/chaos} and {@code bin/soak}. All processes end with the process that started
 * them.
 */
package io.creditflow.cluster;
