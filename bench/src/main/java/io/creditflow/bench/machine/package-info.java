/** Processes, directories and the broker that benchmarks run on; what the machine is. */
package io.creditflow.bench.machine;
