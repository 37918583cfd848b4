/** The time to recover after the loss of a disk or an instance. */
package io.creditflow.bench.recovery;
