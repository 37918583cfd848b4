/** The product and its rivals over the same topics. */
package io.creditflow.bench.pipeline;
