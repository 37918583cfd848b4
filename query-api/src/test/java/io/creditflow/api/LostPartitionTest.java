package io.creditflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.api.fixture.InMemoryLocalState;
import io.creditflow.api.fixture.TestKeys;
import io.creditflow.schemas.Partitioning;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.UnresponsiveServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of workspaces while some partitions cannot be read (contract section 4). */
class LostPartitionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TestKeys KEYS = new TestKeys("ES256", "k1");
  private static final List<String> IDS = IntStream.range(10, 50).mapToObj(i -> "w" + i).toList();

  @TempDir Path directory;
  private TestInstance owner;
  private TestInstance other;

  @BeforeEach
  void start() throws IOException {
    Path jwks = Files.writeString(directory.resolve("jwks.json"), TestKeys.jwks(KEYS));
    owner = new TestInstance(state(), jwks);
    other = new TestInstance(state(), jwks);
    for (int p = 0; p < InMemoryLocalState.PARTITIONS; p++) {
      other.placement.put(p, owner.managementAddress());
      other.localState.takeAway(p);
    }
  }

  private static InMemoryLocalState state() {
    InMemoryLocalState localState = new InMemoryLocalState();
    IDS.forEach(id -> localState.workspace(id, id, "UTC"));
    return localState;
  }

  @AfterEach
  void stop() {
    owner.close();
    other.close();
  }

  @Test
  void isCompleteWhileEveryPartitionCanBeAsked() throws IOException {
    assertWalk(new Walk(IDS, false), owner, "*");
    assertWalk(new Walk(IDS, false), other, "*");
    assertWalk(new Walk(List.of("w11", "w12"), false), other, "w12", "w11", "none");
    assertThat(list(other, "", "none").path("incomplete").booleanValue()).isFalse();
  }

  @Test
  void listsTheOthersWhenPartitionsAreLost() throws IOException {
    owner.localState.takeAway(1);
    owner.localState.takeAway(2);
    Walk rest = new Walk(withoutPartitions(1, 2), true);

    assertWalk(rest, owner, "*");
    assertWalk(rest, other, "*");
    assertWalk(rest, other, IDS.toArray(String[]::new));

    owner.localState.bringBack(1);
    owner.localState.bringBack(2);
    assertWalk(new Walk(IDS, false), other, "*");
  }

  @Test
  void aTokenOfWorkspacesElsewhereIsNotTouched() throws IOException {
    owner.localState.takeAway(1);
    String there = withoutPartitions(1).get(0);
    assertWalk(new Walk(List.of(there), false), owner, there);
  }

  @Test
  void answersWithNothingWhenAllPartitionsAreLost() throws IOException {
    for (int p = 0; p < InMemoryLocalState.PARTITIONS; p++) {
      owner.localState.takeAway(p);
    }
    assertWalk(new Walk(List.of(), true), other, "*");
    assertWalk(new Walk(List.of(), true), owner, IDS.get(0));
  }

  @Test
  void anOwnerThatHangsLeavesTimeForItsStandbyAndForTheOthers() throws IOException {
    try (UnresponsiveServer frozen = new UnresponsiveServer()) {
      String address = frozen.address();
      other.placement.put(0, address, owner.managementAddress());
      other.placement.put(1, address, owner.managementAddress());
      assertWalk(new Walk(IDS, false), other, "*");

      other.placement.put(0, address);
      other.placement.put(1, address);
      other.placement.put(2, "no address of any kind");
      assertWalk(new Walk(withoutPartitions(0, 1, 2), true), other, "*");
    }
  }

  private static List<String> withoutPartitions(Integer... lost) {
    return IDS.stream()
        .filter(
            id ->
                !List.of(lost)
                    .contains(Partitioning.partitionOf(id, InMemoryLocalState.PARTITIONS)))
        .toList();
  }

  private record Walk(List<String> ids, boolean isIncomplete) {}

  /** On a busy machine an instance may be too slow for one answer, which then says so. */
  private static void assertWalk(Walk expected, TestInstance instance, String... workspaces) {
    AtomicReference<Walk> walk = new AtomicReference<>();
    Await.until(
        () -> "the walk is " + expected + "; it is " + walk.get(),
        Duration.ofSeconds(20),
        () -> {
          walk.set(walk(instance, workspaces));
          return walk.get().equals(expected);
        });
  }

  private static Walk walk(TestInstance instance, String... workspaces) throws IOException {
    List<String> ids = new ArrayList<>();
    boolean isIncomplete = false;
    String cursor = "";
    do {
      JsonNode page = list(instance, cursor, workspaces);
      page.path("items").forEach(item -> ids.add(item.path("workspaceId").textValue()));
      isIncomplete |= page.path("incomplete").booleanValue();
      cursor = page.path("nextCursor").isNull() ? null : page.path("nextCursor").textValue();
    } while (cursor != null);
    return new Walk(ids, isIncomplete);
  }

  private static JsonNode list(TestInstance instance, String cursor, String... workspaces)
      throws IOException {
    HttpResponse<String> answer =
        instance.get(
            "/v1/workspaces?limit=30&cursor=" + cursor,
            "Authorization",
            "Bearer " + KEYS.token(workspaces));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }
}
