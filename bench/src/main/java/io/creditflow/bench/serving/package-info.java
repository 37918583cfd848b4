/** What answering costs: the product's routes against an empty one. */
package io.creditflow.bench.serving;
