package io.creditflow.query;

/**
 * A workspace as listed by {@code GET /v1/workspaces}.
 *
 * @param name null until the workspace is described
 * @param timeZone IANA id; UTC until the workspace is described
 */
public record WorkspaceItem(String workspaceId, String name, String timeZone) {}
