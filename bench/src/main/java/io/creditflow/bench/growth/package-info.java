/** What happens to speed, memory and disk as the books grow. */
package io.creditflow.bench.growth;
