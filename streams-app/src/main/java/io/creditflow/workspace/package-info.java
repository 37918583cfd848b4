/** Workspaces: name, time zone, and the recount of past days when the zone changes. */
@NullMarked
package io.creditflow.workspace;

import org.jspecify.annotations.NullMarked;
