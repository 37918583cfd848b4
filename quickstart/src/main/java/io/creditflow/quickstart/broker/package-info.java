/** Kafka inside this process: a broker with its controller, for trials and tests of the product. */
package io.creditflow.quickstart.broker;
