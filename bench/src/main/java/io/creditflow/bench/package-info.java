/** Commands that reproduce every published number: {@code bin/bench NAME}. One class each. */
package io.creditflow.bench;
