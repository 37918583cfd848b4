/** The processes, directories and broker of benchmarks, and a description of the machine. */
package io.creditflow.bench.machine;
