package io.creditflow.api.credit;

import io.creditflow.query.CreditQueries;
import java.util.Optional;
import java.util.function.Function;

/**
 * A query about one workspace, which runs on local state or is sent to another instance.
 *
 * @param path the encoded path and query of the equivalent request
 * @param ask reads the answer from the state; empty if the workspace, campaign or event is unknown
 */
record WorkspaceQuery<T>(
    String workspaceId, String path, Function<CreditQueries, Optional<T>> ask) {}
