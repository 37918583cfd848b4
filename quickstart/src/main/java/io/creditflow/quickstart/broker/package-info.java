/**
 * Kafka inside this process: a broker and its controller, for trying the product and testing it.
 */
package io.creditflow.quickstart.broker;
