/** A rival that counts in PostgreSQL and stores the offsets in the same transaction. */
package io.creditflow.bench.pipeline.postgres;
