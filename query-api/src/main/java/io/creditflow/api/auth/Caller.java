package io.creditflow.api.auth;

import java.util.List;

/**
 * The sender of a request with a valid token.
 *
 * @param subject the token's {@code sub}; null if it has none
 * @param workspaces ids of the workspaces that the caller may read; {@code *} stands for all
 * @param permissions {@code credits:read}, {@code ops:read} or both; unknown ones have no effect
 */
public record Caller(String subject, List<String> workspaces, List<String> permissions) {
  public static final String CREDITS_READ = "credits:read";
  public static final String OPS_READ = "ops:read";
  private static final String ALL = "*";

  public Caller {
    workspaces = List.copyOf(workspaces);
    permissions = List.copyOf(permissions);
  }

  public boolean may(String permission) {
    return permissions.contains(permission);
  }

  public boolean seesAllWorkspaces() {
    return workspaces.contains(ALL);
  }

  public boolean sees(String workspaceId) {
    return workspaces.contains(workspaceId) || seesAllWorkspaces();
  }
}
