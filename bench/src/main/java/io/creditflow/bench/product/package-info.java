/** The product in its own process, and its HTTP API. */
package io.creditflow.bench.product;
