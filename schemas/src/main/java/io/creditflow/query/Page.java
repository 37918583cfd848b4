package io.creditflow.query;

import java.util.List;

/**
 * One page of a list.
 *
 * @param nextCursor where the next page begins, opaque to callers; null at the end
 */
public record Page<T>(List<T> items, String nextCursor) {
  /** How many items a page may have. */
  public static final int LIMIT_MAX = 500;
}
