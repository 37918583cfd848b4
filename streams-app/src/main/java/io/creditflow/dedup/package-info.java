/** Which event ids have been processed, so that each counts once (contract section 3, rule 2). */
@NullMarked
package io.creditflow.dedup;

import org.jspecify.annotations.NullMarked;
