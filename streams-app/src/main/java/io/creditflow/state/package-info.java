/** One ordered key-value table space per partition, and how keys and rows are written in it. */
package io.creditflow.state;
