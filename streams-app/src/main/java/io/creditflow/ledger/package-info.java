/** Every posting, kept forever, in the order of event time: what history is read from. */
package io.creditflow.ledger;
