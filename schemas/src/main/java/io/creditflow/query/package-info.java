/**
 * What the product answers: one record per HTTP body of contract section 4, named as there, without
 * {@code asOf} (which belongs to the moment of asking, not to the numbers). Every component that
 * may be null says so.
 */
package io.creditflow.query;
