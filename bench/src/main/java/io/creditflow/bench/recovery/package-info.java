/** How soon all is back after a loss. */
package io.creditflow.bench.recovery;
