/**
 * Grants, their remaining credits, and the order in which usage draws on them (contract section 3).
 */
@NullMarked
package io.creditflow.grant;

import org.jspecify.annotations.NullMarked;
