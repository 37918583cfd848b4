/**
 * Queries, and the response bodies of contract section 4: one record per body, with the field names
 * of the contract. {@code asOf} is not part of them, because it describes the state that was read.
 * The documentation of a component says if it may be null.
 */
package io.creditflow.query;
