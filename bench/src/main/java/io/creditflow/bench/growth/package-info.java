/** Speed, memory and disk as the state grows. */
package io.creditflow.bench.growth;
