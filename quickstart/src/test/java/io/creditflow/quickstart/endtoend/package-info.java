/**
 * What a user sees, through every real part: processes of their own, Kafka, the registry, HTTP and
 * a browser. Nothing here calls into the product's code but to start it.
 */
package io.creditflow.quickstart.endtoend;
