package io.creditflow.api.credit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.creditflow.api.auth.Caller;
import io.creditflow.api.auth.TokenVerifier;
import io.creditflow.api.http.Json;
import io.creditflow.api.http.Problem;
import io.creditflow.api.http.Request;
import io.creditflow.api.http.RequestParameters;
import io.creditflow.api.http.Response;
import io.creditflow.api.peer.PartitionLocator;
import io.creditflow.api.peer.PeerClient;
import io.creditflow.api.peer.PeerUnavailableException;
import io.creditflow.api.peer.ScatterGather;
import io.creditflow.local.LocalState;
import io.creditflow.local.LocalState.Reading;
import io.creditflow.query.Page;
import io.creditflow.query.WorkspaceItem;
import io.creditflow.query.WorkspacesPage;
import io.creditflow.state.RowWriter;
import io.creditflow.view.PageCursor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Lists the workspaces that a token covers, from all instances, by the UTF-8 bytes of their ids.
 */
public final class WorkspaceList {
  private static final Comparator<String> BY_BYTES =
      (left, right) ->
          Arrays.compareUnsigned(
              left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

  /** The type of list in the cursors of this class. */
  private static final char LIST_TYPE = 'w';

  /** The result while this instance starts and the partitions are unknown. */
  private static final Listing STARTING = new Listing(List.of(), true);

  private final TokenVerifier tokens;
  private final PartitionLocator locator;
  private final LocalState localState;
  private final PeerClient peers;
  private final ScatterGather scatterGather;

  public WorkspaceList(
      TokenVerifier tokens, PartitionLocator locator, LocalState localState, PeerClient peers) {
    this.tokens = tokens;
    this.locator = locator;
    this.localState = localState;
    this.peers = peers;
    this.scatterGather = new ScatterGather(locator);
  }

  /**
   * {@code GET /v1/workspaces}: the workspaces that can be read in time, and whether any partition
   * is missing.
   */
  public Response all(Request request) {
    Caller caller = reader(request);
    RequestParameters parameters = request.parameters();
    int limit = parameters.limit(Page.LIMIT_MAX);
    String after = after(parameters);
    String authorization = request.header("Authorization");
    Listing found =
        caller.seesAllWorkspaces()
            ? ofAllPartitions(authorization, after, limit + 1)
            : ofIds(authorization, caller.workspaces(), after);
    boolean isMore = found.items().size() > limit;
    List<WorkspaceItem> items = isMore ? found.items().subList(0, limit) : found.items();
    String next = isMore ? cursor(items.get(limit - 1).workspaceId()) : null;
    return Response.Body.of(new WorkspacesPage(items, next, found.isIncomplete()));
  }

  /** For other instances: the workspaces of one partition. */
  public Response ofPartition(Request request) {
    requireAll(reader(request));
    RequestParameters parameters = request.parameters();
    int limit =
        parameters.limit(Page.LIMIT_MAX + 1); // one more tells whether there is another page
    String after = after(parameters);
    int partition = partitionIn(request);
    List<WorkspaceItem> items = locator.readLocally(partition, () -> here(partition, after, limit));
    return Response.Body.of(new Page<>(items, null));
  }

  /** For other instances: one workspace. */
  public Response one(Request request) {
    String id = request.path("w");
    if (!reader(request).sees(id)) {
      throw Problem.forbidden("The token does not cover this workspace.").exception();
    }
    int partition = locator.partitionOf(id);
    return locator
        .readLocally(partition, () -> localState.read(partition, queries -> queries.workspace(id)))
        .map(Response.Body::of)
        .orElseThrow(() -> CreditEndpoints.unknown().exception());
  }

  private Caller reader(Request request) {
    Caller caller = tokens.callerOf(request.header("Authorization"));
    if (!caller.may(Caller.CREDITS_READ)) {
      throw Problem.forbidden("The token lacks the permission credits:read.").exception();
    }
    return caller;
  }

  private static void requireAll(Caller caller) {
    if (!caller.seesAllWorkspaces()) {
      throw Problem.forbidden("The token does not cover all workspaces.").exception();
    }
  }

  private int partitionIn(Request request) {
    try {
      int partition = Integer.parseInt(request.path("p"));
      if (partition >= 0 && partition < locator.partitions()) {
        return partition;
      }
    } catch (NumberFormatException e) {
      // the path segment is not a number
    }
    throw Problem.notFound("There is no such partition.").exception();
  }

  private Reading<List<WorkspaceItem>> here(int partition, String after, int limit) {
    Reading<Page<WorkspaceItem>> reading =
        localState.read(partition, queries -> queries.workspaces(after, limit));
    return new Reading<>(reading.value().items(), reading.asOf());
  }

  /**
   * The workspaces that were found.
   *
   * @param items ordered by id
   * @param isIncomplete whether any partition could not be read
   */
  private record Listing(List<WorkspaceItem> items, boolean isIncomplete) {
    static Listing of(Map<Integer, List<WorkspaceItem>> found, int partitions) {
      return new Listing(
          found.values().stream()
              .flatMap(List::stream)
              .sorted(Comparator.comparing(WorkspaceItem::workspaceId, BY_BYTES))
              .toList(),
          found.size() < partitions);
    }
  }

  private Listing ofAllPartitions(String authorization, String after, int count) {
    if (!locator.knowsPartitions()) {
      return STARTING;
    }
    List<Integer> all = IntStream.range(0, locator.partitions()).boxed().toList();
    return Listing.of(
        scatterGather.read(
            all,
            (partition, millisMax) ->
                locator.readOnce(
                    partition,
                    () -> here(partition, after, count),
                    address ->
                        askPartition(address, authorization, partition, after, count, millisMax))),
        all.size());
  }

  private List<WorkspaceItem> askPartition(
      String address,
      String authorization,
      int partition,
      String after,
      int limit,
      long millisMax) {
    String cursor = after == null ? "" : "&cursor=" + cursor(after);
    String path = "/v1/partitions/" + partition + "/workspaces?limit=" + limit + cursor;
    return read(address, ask(address, authorization, path, millisMax), Items.class).items();
  }

  private Listing ofIds(String authorization, List<String> ids, String after) {
    if (!locator.knowsPartitions()) {
      return STARTING;
    }
    Map<Integer, List<String>> byPartition =
        ids.stream()
            .distinct()
            .filter(id -> after == null || BY_BYTES.compare(id, after) > 0)
            .collect(Collectors.groupingBy(locator::partitionOf));
    return Listing.of(
        scatterGather.read(
            byPartition.keySet(),
            (partition, millisMax) ->
                locator.readOnce(
                    partition,
                    () -> here(partition, byPartition.get(partition)),
                    address -> ask(address, authorization, byPartition.get(partition), millisMax))),
        byPartition.size());
  }

  private Reading<List<WorkspaceItem>> here(int partition, List<String> ids) {
    return localState.read(
        partition, queries -> ids.stream().flatMap(id -> queries.workspace(id).stream()).toList());
  }

  private List<WorkspaceItem> ask(
      String address, String authorization, List<String> ids, long millisMax) {
    return ids.stream()
        .flatMap(id -> askOne(address, authorization, id, millisMax).stream())
        .toList();
  }

  private Optional<WorkspaceItem> askOne(
      String address, String authorization, String id, long millisMax) {
    HttpResponse<byte[]> answer =
        ask(address, authorization, "/v1/workspaces/" + RequestParameters.encode(id), millisMax);
    return answer.statusCode() == 404
        ? Optional.empty()
        : Optional.of(read(address, answer, Item.class).item());
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Items(List<WorkspaceItem> items) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Item(String workspaceId, String name, String timeZone) {
    WorkspaceItem item() {
      return new WorkspaceItem(workspaceId, name, timeZone);
    }
  }

  private HttpResponse<byte[]> ask(
      String address, String authorization, String path, long millisMax) {
    return peers.get(address, path, Map.of("Authorization", authorization), millisMax);
  }

  private static <T> T read(String address, HttpResponse<byte[]> answer, Class<T> type) {
    if (answer.statusCode() != 200) {
      throw new PeerUnavailableException(address + " answered " + answer.statusCode());
    }
    try {
      return Json.read(answer.body(), type);
    } catch (IOException e) {
      throw new PeerUnavailableException(
          address + " sent a response that cannot be parsed: " + e.getMessage());
    }
  }

  private static String cursor(String id) {
    return PageCursor.write(LIST_TYPE, new RowWriter().text(id));
  }

  /** The workspace id after which the page starts; null for the first page. */
  private static String after(RequestParameters parameters) {
    String cursor = parameters.cursor();
    parameters.requireValidAndKnown();
    return cursor == null
        ? null
        : PageCursor.read(LIST_TYPE, cursor, parts -> Objects.requireNonNull(parts.text()));
  }
}
