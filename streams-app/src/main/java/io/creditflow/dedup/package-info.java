/**
 * Keeps track of processed event ids, so that each event counts once (contract section 3, rule 2).
 */
@NullMarked
package io.creditflow.dedup;

import org.jspecify.annotations.NullMarked;
