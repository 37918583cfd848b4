/** The product in a process of its own, and its HTTP API. */
package io.creditflow.bench.product;
