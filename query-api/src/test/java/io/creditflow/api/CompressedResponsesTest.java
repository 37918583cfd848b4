package io.creditflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.fixture.InMemoryLocalState;
import io.creditflow.api.fixture.TestKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large answers travel packed to whoever takes them so, and say the same. */
class CompressedResponsesTest {
  private static final TestKeys KEYS = new TestKeys("ES256", "k1");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String HISTORY = "/v1/workspaces/acme/credits/history";

  @TempDir Path directory;
  private TestInstance instance;

  @BeforeEach
  void start() throws IOException {
    Path jwks = Files.writeString(directory.resolve("jwks.json"), TestKeys.jwks(KEYS));
    Instant now = Instant.now();
    InMemoryLocalState localState =
        new InMemoryLocalState()
            .workspace("acme", "Acme", "UTC")
            .grant("acme", "g1", 100, now.minus(Duration.ofDays(9)), null);
    for (int i = 0; i < 60; i++) {
      localState.lead("acme", "c1", now.minus(Duration.ofMinutes(i)));
    }
    instance = new TestInstance(localState, jwks);
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  @Test
  void aLargeAnswerIsPackedAndSaysTheSameUnderTheSameTag() throws Exception {
    HttpResponse<byte[]> plain = get(HISTORY);
    HttpResponse<byte[]> packed = get(HISTORY, "Accept-Encoding", "gzip, deflate, br");

    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(packed.body().length).isLessThan(plain.body().length / 4);
    assertThat(packed.headers().firstValue("Content-Length"))
        .contains(Integer.toString(packed.body().length));
    assertThat(withoutAsOf(unpacked(packed))).isEqualTo(withoutAsOf(text(plain)));
    assertThat(unpacked(packed)).endsWith("Z\"}").contains(",\"asOf\":\"");
    assertThat(packed.headers().firstValue("ETag")).isEqualTo(plain.headers().firstValue("ETag"));
    for (HttpResponse<byte[]> answer : List.of(plain, packed)) {
      assertThat(answer.headers().allValues("Vary")).contains("Accept-Encoding");
    }
  }

  @Test
  void aTagFromOneFormIsGoodForTheOther() throws Exception {
    String tag = get(HISTORY).headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> same = get(HISTORY, "Accept-Encoding", "gzip", "If-None-Match", tag);

    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(same.headers().firstValue("Creditflow-As-Of")).isPresent();
    assertThat(same.headers().allValues("Vary")).contains("Accept-Encoding");

    instance.localState.lead("acme", "c1", Instant.now());
    HttpResponse<byte[]> changed = get(HISTORY, "Accept-Encoding", "gzip", "If-None-Match", tag);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.headers().firstValue("ETag")).isNotEqualTo(Optional.of(tag));
  }

  @Test
  void smallAnswersErrorsAndExportsTravelAsTheyAre() throws Exception {
    for (String path : List.of("/v1/me", "/v1/workspaces/acme/credits?x=1", "/v1/none")) {
      assertThat(get(path, "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding"))
          .as(path)
          .isEmpty();
    }
    HttpResponse<byte[]> csv = get(HISTORY, "Accept-Encoding", "gzip", "Accept", "text/csv");
    assertThat(text(csv)).startsWith("id,");
    assertThat(csv.headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void whoRefusesGzipGetsNoneFilesIncluded() throws Exception {
    for (String path : List.of(HISTORY, "/openapi.json")) {
      HttpResponse<byte[]> refused = get(path, "Accept-Encoding", "gzip;q=0, *");
      assertThat(refused.headers().firstValue("Content-Encoding")).as(path).isEmpty();
      assertThat(text(refused)).startsWith("{");
      assertThat(unpacked(get(path, "Accept-Encoding", "gzip"))).startsWith("{");
    }
  }

  @Test
  void whatAnotherInstanceAnsweredIsPackedOnTheWayOutToo() throws Exception {
    Path jwks = directory.resolve("jwks.json");
    try (TestInstance other = new TestInstance(new InMemoryLocalState(), jwks)) {
      for (int p = 0; p < InMemoryLocalState.PARTITIONS; p++) {
        other.placement.put(p, instance.managementAddress());
        other.localState.takeAway(p);
      }
      String here = withoutAsOf(text(get(HISTORY)));
      HttpResponse<byte[]> packed =
          CLIENT.send(
              request(other, HISTORY, "Accept-Encoding", "gzip"),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
      assertThat(withoutAsOf(unpacked(packed))).isEqualTo(here);
    }
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return CLIENT.send(request(instance, path, headers), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpRequest request(TestInstance of, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(of.address() + path))
            .header("Authorization", "Bearer " + KEYS.token("acme"));
    return headers.length == 0 ? request.build() : request.headers(headers).build();
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static String unpacked(HttpResponse<byte[]> answer) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String withoutAsOf(String body) {
    return body.replaceAll(",\"asOf\":\"[^\"]+\"", "");
  }
}
