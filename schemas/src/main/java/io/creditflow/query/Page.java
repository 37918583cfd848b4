package io.creditflow.query;

import java.util.List;

/**
 * One page of a list.
 *
 * @param nextCursor where the next page begins, opaque to callers; null on the last page
 */
public record Page<T>(List<T> items, String nextCursor) {
  /** The maximum number of items on a page. */
  public static final int LIMIT_MAX = 500;
}
