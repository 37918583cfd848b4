package io.creditflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.api.fixture.InMemoryLocalState;
import io.creditflow.api.fixture.RawHttp;
import io.creditflow.api.fixture.RequestFuzzer;
import io.creditflow.api.fixture.TestKeys;
import io.creditflow.events.LeadSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ten thousand requests that are almost right, others in every run; a million in bin/soak. */
class FuzzedRequestsTest {
  private static final Logger LOG = LoggerFactory.getLogger(FuzzedRequestsTest.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CALLERS = 4;
  private static final int WARM_UP = 1_000;
  private static final long GROWTH_BYTES_MAX = 2 << 20;

  /** Everything that may be answered: no 5xx but "cannot do that" and "no such HTTP version". */
  private static final Set<Integer> EXPECTED =
      Set.of(200, 304, 400, 401, 403, 404, 405, 413, 414, 417, 431, 501, 505);

  /** Of the same length, so that byte for byte the same can be asked about both. */
  private static final String HIDDEN = "hidden-vault";

  private static final String ABSENT = "absent-vault";

  private static final TestKeys KEYS = new TestKeys("ES256", "k1");
  private static final TestKeys STRANGER = new TestKeys("ES256", "k1");

  private final long seed = Long.getLong("creditflow.fuzz.seed", System.nanoTime());
  private final AtomicIntegerArray statuses = new AtomicIntegerArray(600);
  private final AtomicInteger compared = new AtomicInteger();
  private final AtomicInteger withoutAnswer = new AtomicInteger();

  @TempDir Path directory;
  private TestInstance instance;
  private List<String> tokens;
  private List<String> cursors;

  @BeforeEach
  void start() throws IOException {
    Path jwks = Files.writeString(directory.resolve("jwks.json"), TestKeys.jwks(KEYS));
    Instant at = Instant.parse("2026-01-05T10:00:00Z");
    InMemoryLocalState localState =
        new InMemoryLocalState()
            .workspace("acme", "Acme", "America/New_York")
            .campaign("acme", "c1", "First", LeadSource.CSV)
            .grant("acme", "g1", 10, at.minus(Duration.ofDays(1)), null)
            .workspace(HIDDEN, "Hidden Vault", "UTC")
            .campaign(HIDDEN, "c1", "Hidden Vault's", LeadSource.CSV);
    for (int i = 0; i < 20; i++) {
      localState.lead("acme", "c" + i, Instant.now().minusSeconds(i * 3600L));
    }
    instance = new TestInstance(localState, jwks, "CREDITFLOW_LIMIT_RESPONSE_CACHE", "1MiB");
    tokens = tokens();
    cursors = cursors();
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  @Test
  void fuzzedRequestsTellNothingBreakNothingAndLeaveNothingBehind() throws Exception {
    fuzz(10_000);
  }

  @Test
  @Tag("soak")
  void aMillionFuzzedRequestsTellNothingBreakNothingAndLeaveNothingBehind() throws Exception {
    fuzz(1_000_000);
  }

  private void fuzz(int requests) throws Exception {
    LOG.info("Seed {}; run again with -Dcreditflow.fuzz.seed={}", seed, seed);
    List<RequestFuzzer> fuzzers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      List<String> ids = List.of("acme", "acme", "acme", HIDDEN, HIDDEN, "nowhere");
      fuzzers.add(new RequestFuzzer(seed + i, ids, tokens, cursors));
    }
    long start = System.nanoTime();
    send(fuzzers, WARM_UP / CALLERS);
    long before = heapBytes();
    send(fuzzers, (requests - WARM_UP) / CALLERS);
    long growth = heapBytes() - before;

    LOG.info(
        "{} requests in {} ms; heap grew by {} KiB; {} compared with those about a workspace that"
            + " does not exist; {} without an answer; answers by status {}",
        requests,
        Duration.ofNanos(System.nanoTime() - start).toMillis(),
        growth / 1024,
        compared,
        withoutAnswer,
        summary());
    assertThat(growth).as("growth of the heap, seed " + seed).isLessThan(GROWTH_BYTES_MAX);
    // the fuzzing must get past authentication, and reach every route
    for (int status : List.of(200, 304, 400, 401, 403, 404, 405, 414)) {
      assertThat(statuses.get(status)).as("answers " + status + ", seed " + seed).isPositive();
    }
    assertThat(compared.get()).isGreaterThan(requests / 20);
    assertThat(withoutAnswer.get()).isLessThan(requests / 20);
    assertThat(instance.get("/health/live").statusCode()).isEqualTo(200);
  }

  private void send(List<RequestFuzzer> fuzzers, int each) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(fuzzers.size());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (RequestFuzzer fuzzer : fuzzers) {
        running.add(
            callers.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    judge(fuzzer.next());
                  }
                  return null;
                }));
      }
      for (Future<?> caller : running) {
        caller.get();
      }
    } finally {
      callers.shutdownNow();
    }
  }

  private void judge(byte[] bytes) throws IOException {
    String request = new String(bytes, StandardCharsets.ISO_8859_1);
    String answer = RawHttp.exchange(instance.http.port(), bytes);
    String told = "Seed " + seed + ", request:\n" + request + "\nanswer:\n" + answer;
    if (answer.isEmpty()) {
      withoutAnswer.incrementAndGet(); // its end never came
      return;
    }
    int status = RawHttp.statusOf(answer);
    boolean isWithoutBroker = status == 503 && request.contains("/v1/ops/");
    assertThat(isWithoutBroker || EXPECTED.contains(status)).as(told).isTrue();
    statuses.incrementAndGet(status);
    assertThat(answer)
        .as(told)
        .doesNotContain("Exception")
        .doesNotContain("\tat ")
        .doesNotContain("io.creditflow.")
        .doesNotContain("org.eclipse")
        .doesNotContain("Hidden Vault")
        .doesNotContain(directory.toString());
    if (status >= 400) {
      assertProblem(status, request, answer, told);
    }
    if (request.contains(HIDDEN)) {
      String other = request.replace(HIDDEN, ABSENT);
      String same =
          RawHttp.exchange(instance.http.port(), other.getBytes(StandardCharsets.ISO_8859_1));
      if (same.isEmpty()) {
        withoutAnswer.incrementAndGet();
        return;
      }
      assertThat(withoutNames(first(same))).as(told).isEqualTo(withoutNames(first(answer)));
      compared.incrementAndGet();
    }
  }

  private static void assertProblem(int status, String request, String answer, String told)
      throws IOException {
    assertThat(answer).as(told).contains("Content-Type: application/problem+json");
    if (!request.startsWith("HEAD ")) {
      JsonNode problem = JSON.readTree(first(answer).substring(answer.indexOf("\r\n\r\n")));
      assertThat(problem.path("status").asInt()).as(told).isEqualTo(status);
      assertThat(problem.path("title").asText()).as(told).isNotBlank();
    }
  }

  /** Without what follows a first request that a mutation cut short: that may be answered too. */
  private static String first(String answers) {
    int next = answers.indexOf("HTTP/1.1 ", answers.indexOf("\r\n\r\n"));
    return next < 0 ? answers : answers.substring(0, next);
  }

  /** An answer without what may differ: the workspace's name, times. */
  private static String withoutNames(String answer) {
    return answer
        .replace(HIDDEN, ABSENT)
        .replaceAll("(?m)^(Date|Creditflow-As-Of): .*$", "")
        .replaceAll("\"asOf\":\"[^\"]+\"", "");
  }

  private String summary() {
    StringBuilder summary = new StringBuilder();
    for (int status = 0; status < statuses.length(); status++) {
      if (statuses.get(status) > 0) {
        summary.append(' ').append(status).append(": ").append(statuses.get(status));
      }
    }
    return summary.toString();
  }

  /** What is in use once everything that can go has gone. */
  private static long heapBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  /** A good one first, then good ones of other shapes, then bad ones. */
  private static List<String> tokens() {
    List<Object> credits = List.of("credits:read");
    List<String> tokens = new ArrayList<>();
    tokens.add(KEYS.token("acme"));
    tokens.add(KEYS.token(TestKeys.claims(List.of("acme"), List.of("ops:read"))));
    tokens.add(KEYS.token(TestKeys.claims(List.of(), List.of("credits:read", "ops:read"))));
    for (Object odd :
        Arrays.asList(null, 7, "acme", Map.of("a", 1), List.of(1), Arrays.asList("acme", null))) {
      for (String claim : List.of("workspaces", "permissions", "exp", "nbf", "sub", "iss", "aud")) {
        tokens.add(KEYS.token(with(claim, odd)));
      }
    }
    for (Object time : List.of(0, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1e300, 4e9)) {
      tokens.add(KEYS.token(with("exp", time)));
      tokens.add(KEYS.token(with("nbf", time)));
    }
    tokens.add(STRANGER.token(TestKeys.claims(List.of("*"), List.of("credits:read"))));
    Map<String, Object> all = TestKeys.claims(List.of("*"), List.of("credits:read"));
    for (String algorithm : List.of("none", "HS256", "RS256", "EdDSA", "", "ES384")) {
      tokens.add(STRANGER.token(Map.of("alg", algorithm, "kid", "k1"), all));
      tokens.add(STRANGER.token(Map.of("alg", algorithm, "kid", credits), all));
    }
    String deep = TestKeys.base64("[".repeat(9_000).getBytes(StandardCharsets.US_ASCII));
    tokens.add(deep + "." + deep + ".AAAA");
    tokens.addAll(List.of("", ".", "..", "a.b.c", "e30.e30.e30", "null", "Bearer"));
    return tokens;
  }

  private static Map<String, Object> with(String claim, Object value) {
    Map<String, Object> claims = TestKeys.claims(List.of("acme"), List.of("credits:read"));
    claims.put(claim, value);
    return claims;
  }

  private List<String> cursors() throws IOException {
    List<String> cursors = new ArrayList<>();
    for (String path :
        List.of(
            "/history?limit=2",
            "/history?limit=1&kind=LEAD_SOURCED",
            "/campaigns?limit=3",
            "/campaigns?limit=1&sort=name",
            "/campaigns?limit=1&sort=-lastActivityAt")) {
      HttpResponse<String> answer =
          instance.get(
              "/v1/workspaces/acme/credits" + path, "Authorization", "Bearer " + tokens.get(0));
      cursors.add(JSON.readTree(answer.body()).get("nextCursor").asText());
    }
    cursors.addAll(List.of("", "abc", "AAAA", "_____w", "e30", "MA"));
    return cursors;
  }
}
