package io.creditflow.api.credit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.creditflow.answer.Page;
import io.creditflow.answer.WorkspaceItem;
import io.creditflow.api.auth.Caller;
import io.creditflow.api.auth.TokenVerifier;
import io.creditflow.api.http.Call;
import io.creditflow.api.http.Json;
import io.creditflow.api.http.Parameters;
import io.creditflow.api.http.Problem;
import io.creditflow.api.http.Reply;
import io.creditflow.api.peer.Locator;
import io.creditflow.api.peer.PeerAwayException;
import io.creditflow.api.peer.PeerClient;
import io.creditflow.books.LocalBooks;
import io.creditflow.books.LocalBooks.Reading;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The workspaces that a token may see, over all instances, in the order of their ids' bytes. */
public final class WorkspaceList {
  private static final Comparator<String> BY_BYTES =
      (left, right) ->
          Arrays.compareUnsigned(
              left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

  /** What tells a cursor of this list from other text, and from one of a later format. */
  private static final String CURSOR = "w1:";

  private final TokenVerifier tokens;
  private final Locator locator;
  private final LocalBooks books;
  private final PeerClient peers;

  public WorkspaceList(TokenVerifier tokens, Locator locator, LocalBooks books, PeerClient peers) {
    this.tokens = tokens;
    this.locator = locator;
    this.books = books;
    this.peers = peers;
  }

  /** {@code GET /v1/workspaces}. */
  public Reply all(Call call) {
    Caller caller = reader(call);
    Parameters parameters = call.parameters();
    int limit = parameters.limit();
    String after = decoded(parameters);
    parameters.requireGood();
    List<WorkspaceItem> found =
        caller.seesAllWorkspaces()
            ? ofAllPartitions(call, after, limit + 1)
            : ofIds(call, caller.workspaces(), after, limit + 1);
    boolean isMore = found.size() > limit;
    List<WorkspaceItem> items = isMore ? found.subList(0, limit) : found;
    String next = isMore ? encoded(items.get(limit - 1).workspaceId()) : null;
    return Reply.Body.of(new Page<>(items, next));
  }

  /** Between instances: one partition's workspaces. */
  public Reply ofPartition(Call call) {
    requireAll(reader(call));
    Parameters parameters = call.parameters();
    int limit = parameters.limit(Parameters.LIMIT_MAX + 1); // one more tells that there is more
    String after = decoded(parameters);
    parameters.requireGood();
    int partition = partitionIn(call);
    List<WorkspaceItem> items = locator.readHere(partition, () -> here(partition, after, limit));
    return Reply.Body.of(new Page<>(items, null));
  }

  /** Between instances: one workspace. */
  public Reply one(Call call) {
    String id = call.path("w");
    if (!reader(call).sees(id)) {
      throw Problem.forbidden("The token does not cover this workspace.").exception();
    }
    int partition = locator.partitionOf(id);
    return locator
        .readHere(partition, () -> books.read(partition, queries -> queries.workspace(id)))
        .map(Reply.Body::of)
        .orElseThrow(() -> CreditEndpoints.unknown().exception());
  }

  private Caller reader(Call call) {
    Caller caller = tokens.callerOf(call.header("Authorization"));
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

  private int partitionIn(Call call) {
    try {
      int partition = Integer.parseInt(call.path("p"));
      if (partition >= 0 && partition < locator.partitions()) {
        return partition;
      }
    } catch (NumberFormatException e) {
      // falls through
    }
    throw Problem.notFound("There is no such partition.").exception();
  }

  private Reading<List<WorkspaceItem>> here(int partition, String after, int limit) {
    Reading<Page<WorkspaceItem>> reading =
        books.read(partition, queries -> queries.workspaces(after, limit));
    return new Reading<>(reading.value().items(), reading.asOf());
  }

  private List<WorkspaceItem> ofAllPartitions(Call call, String after, int count) {
    List<WorkspaceItem> found = new ArrayList<>();
    for (int p = 0; p < locator.partitions(); p++) {
      int partition = p;
      found.addAll(
          locator.read(
              partition,
              () -> here(partition, after, count),
              address -> askPartition(address, call, partition, after, count)));
    }
    found.sort(Comparator.comparing(WorkspaceItem::workspaceId, BY_BYTES));
    return found.subList(0, Math.min(count, found.size()));
  }

  private List<WorkspaceItem> askPartition(
      String address, Call call, int partition, String after, int limit) {
    String cursor = after == null ? "" : "&cursor=" + encoded(after);
    String path = "/v1/partitions/" + partition + "/workspaces?limit=" + limit + cursor;
    return read(address, ask(address, call, path), Items.class).items();
  }

  private List<WorkspaceItem> ofIds(Call call, List<String> ids, String after, int count) {
    List<WorkspaceItem> found = new ArrayList<>();
    List<String> candidates =
        ids.stream()
            .distinct()
            .filter(id -> after == null || BY_BYTES.compare(id, after) > 0)
            .sorted(BY_BYTES)
            .toList();
    for (String id : candidates) {
      int partition = locator.partitionOf(id);
      Optional<WorkspaceItem> item =
          locator.read(
              partition,
              () -> books.read(partition, queries -> queries.workspace(id)),
              address -> askOne(address, call, id));
      item.ifPresent(found::add);
      if (found.size() == count) {
        break;
      }
    }
    return found;
  }

  private Optional<WorkspaceItem> askOne(String address, Call call, String id) {
    HttpResponse<byte[]> answer = ask(address, call, "/v1/workspaces/" + Parameters.encode(id));
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

  private HttpResponse<byte[]> ask(String address, Call call, String path) {
    return peers.get(
        address, path, Map.of("Authorization", call.header("Authorization")), call.millisLeft());
  }

  private static <T> T read(String address, HttpResponse<byte[]> answer, Class<T> type) {
    if (answer.statusCode() != 200) {
      throw new PeerAwayException(address + " answered " + answer.statusCode());
    }
    try {
      return Json.read(answer.body(), type);
    } catch (IOException e) {
      throw new PeerAwayException(address + " answered something else: " + e.getMessage());
    }
  }

  private static String encoded(String id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((CURSOR + id).getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(Parameters parameters) {
    String cursor = parameters.cursor();
    if (cursor == null) {
      return null;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (text.startsWith(CURSOR)) {
        return text.substring(CURSOR.length());
      }
    } catch (IllegalArgumentException notBase64) {
      // Told below like any other that is not ours.
    }
    parameters.reject("cursor", "not one that an earlier answer gave");
    return null;
  }
}
