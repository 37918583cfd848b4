package io.creditflow.api.credit;

import io.creditflow.query.CreditQueries;
import java.util.Optional;
import java.util.function.Function;

/**
 * One question about a workspace, ready to be asked of its state here or of another instance.
 *
 * @param path the public path and query that ask the same, encoded
 * @param ask reads the answer; empty if the workspace (or campaign) is unknown
 */
record WorkspaceQuery<T>(
    String workspaceId, String path, Function<CreditQueries, Optional<T>> ask) {}
