/**
 * Generated histories: seeded random records with all that makes counting hard, run through the
 * product and the reference calculator side by side, with the properties that hold whatever the
 * history.
 */
package io.creditflow.histories;
