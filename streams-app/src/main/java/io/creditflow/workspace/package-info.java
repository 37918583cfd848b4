/** Workspaces: name, time zone, and the recount of past days when the zone changes. */
package io.creditflow.workspace;
