/** Grants, what is left of each, and which one pays (contract section 3). */
@NullMarked
package io.creditflow.grant;

import org.jspecify.annotations.NullMarked;
