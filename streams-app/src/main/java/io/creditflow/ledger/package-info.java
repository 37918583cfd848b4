/** Every posting, kept forever, in the order of event time: what history is read from. */
@NullMarked
package io.creditflow.ledger;

import org.jspecify.annotations.NullMarked;
