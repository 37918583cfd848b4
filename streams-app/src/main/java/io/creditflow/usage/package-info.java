/** Usage and its prices: counts and credits by quarter-hour, day and segment. */
@NullMarked
package io.creditflow.usage;

import org.jspecify.annotations.NullMarked;
