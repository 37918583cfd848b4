/** Which event ids have been processed, so that each counts once (contract section 3, rule 2). */
package io.creditflow.dedup;
