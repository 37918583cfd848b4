/**
 * Generated histories: random records from a seed, with all cases that are difficult to count. Each
 * history runs through the product and the reference calculator, whose responses are compared;
 * properties that every history has are checked, too.
 */
package io.creditflow.histories;
