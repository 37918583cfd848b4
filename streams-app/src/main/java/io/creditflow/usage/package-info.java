/** What was used and what it cost: prices, counts, days and quarter-hours. */
package io.creditflow.usage;
