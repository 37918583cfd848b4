/** Decoded events, their validation, and the reasons for rejecting records (contract section 5). */
@NullMarked
package io.creditflow.event;

import org.jspecify.annotations.NullMarked;
