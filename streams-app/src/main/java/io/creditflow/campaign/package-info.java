/** Campaigns: what is known of them, and what they used over their life. */
@NullMarked
package io.creditflow.campaign;

import org.jspecify.annotations.NullMarked;
