/** What was used and what it cost: prices, counts, days and quarter-hours. */
@NullMarked
package io.creditflow.usage;

import org.jspecify.annotations.NullMarked;
