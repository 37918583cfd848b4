package io.creditflow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.TestInstance;
import io.creditflow.api.fixture.InMemoryLocalState;
import io.creditflow.api.fixture.TestKeys;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which pages of other origins may read answers. */
class CorsTest {
  private static final TestKeys KEYS = new TestKeys("ES256", "k1");
  private static final String CREDITS = "/v1/workspaces/acme/credits";
  private static final String OURS = "https://app.example";
  private static final String ALLOWED = "Access-Control-Allow-Origin";

  @TempDir Path directory;

  private TestInstance instance(String... settings) throws IOException {
    Path jwks = Files.writeString(directory.resolve("jwks.json"), TestKeys.jwks(KEYS));
    return new TestInstance(
        new InMemoryLocalState().workspace("acme", "Acme", "UTC"), jwks, settings);
  }

  @Test
  void unlessConfiguredNoPageMayReadAnything() throws IOException {
    try (TestInstance instance = instance()) {
      for (String origin : List.of(OURS, "null", instance.address())) {
        assertThat(ask(instance, origin).statusCode()).isEqualTo(200);
        assertNoneOfIt(ask(instance, origin));
        assertThat(preflight(instance, origin).statusCode()).isEqualTo(405);
        assertNoneOfIt(preflight(instance, origin));
      }
    }
  }

  @Test
  void aConfiguredPageMayAskWithItsTokenAndReadTheTag() throws IOException {
    try (TestInstance instance = configured()) {
      for (String origin : List.of(OURS, "http://localhost:3000")) {
        HttpResponse<String> preflight = preflight(instance, origin);
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().allValues(ALLOWED)).containsExactly(origin);
        assertThat(header(preflight, "Access-Control-Allow-Methods")).isEqualTo("GET, HEAD");
        assertThat(header(preflight, "Access-Control-Allow-Headers"))
            .contains("Authorization")
            .contains("If-None-Match");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();

        HttpResponse<String> answer = ask(instance, origin);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues(ALLOWED)).containsExactly(origin);
        assertThat(header(answer, "Access-Control-Expose-Headers"))
            .contains("ETag")
            .contains("Creditflow-As-Of");
        assertThat(answer.headers().allValues("Vary")).contains("Origin", "Accept-Encoding");
      }
    }
  }

  @Test
  void errorsAndUnchangedAnswersCanBeReadToo() throws IOException {
    try (TestInstance instance = configured()) {
      String address = instance.address() + CREDITS;
      String tag = header(ask(instance, OURS), "ETag");
      for (HttpResponse<String> answer :
          List.of(
              instance.send("GET", address, "Origin", OURS),
              instance.send("GET", address + "?x=1", "Origin", OURS, "Authorization", bearer()),
              instance.send("GET", address + "/nothing", "Origin", OURS),
              instance.send("POST", address, "Origin", OURS),
              instance.send(
                  "GET", address, "Origin", OURS, "Authorization", bearer(), "If-None-Match", tag),
              instance.send("HEAD", address, "Origin", OURS, "Authorization", bearer()))) {
        assertThat(answer.headers().allValues(ALLOWED)).as(answer.toString()).containsExactly(OURS);
      }
    }
  }

  @Test
  void pagesOfOtherOriginsGetNothingHoweverAlikeTheirNames() throws IOException {
    try (TestInstance instance = configured()) {
      for (String origin :
          List.of(
              "https://evil.example",
              "https://app.example.evil.example",
              "https://app.example:8443",
              "http://app.example",
              "https://APP.example",
              "https://app.example/",
              "https://app.example, https://evil.example",
              "null",
              "*")) {
        assertNoneOfIt(ask(instance, origin));
        assertThat(preflight(instance, origin).statusCode()).as(origin).isEqualTo(405);
        assertNoneOfIt(preflight(instance, origin));
        assertThat(ask(instance, origin).headers().allValues("Vary")).contains("Origin");
      }
    }
  }

  @Test
  void theManagementPortIsForNoPage() throws IOException {
    try (TestInstance instance = configured()) {
      assertNoneOfIt(instance.management("/metrics", "Origin", OURS));
      assertNoneOfIt(instance.management("/peer" + CREDITS, "Origin", OURS));
    }
  }

  private TestInstance configured() throws IOException {
    return instance("CREDITFLOW_CORS_ORIGINS", OURS + ",http://localhost:3000");
  }

  private static HttpResponse<String> ask(TestInstance instance, String origin) {
    return instance.get(CREDITS, "Authorization", bearer(), "Origin", origin);
  }

  private static HttpResponse<String> preflight(TestInstance instance, String origin) {
    return instance.send(
        "OPTIONS",
        instance.address() + CREDITS,
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "GET",
        "Access-Control-Request-Headers",
        "authorization,if-none-match");
  }

  private static void assertNoneOfIt(HttpResponse<String> answer) {
    assertThat(answer.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElseThrow();
  }

  private static String bearer() {
    return "Bearer " + KEYS.token("acme");
  }
}
