/** One ordered key-value table space per partition, and how keys and rows are written in it. */
@NullMarked
package io.creditflow.state;

import org.jspecify.annotations.NullMarked;
