/** The cost of requests: the product's routes compared with an empty route. */
package io.creditflow.bench.serving;
