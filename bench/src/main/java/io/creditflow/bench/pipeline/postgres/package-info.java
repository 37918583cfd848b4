/** Counting in PostgreSQL, with the offsets in the same transaction. */
package io.creditflow.bench.pipeline.postgres;
