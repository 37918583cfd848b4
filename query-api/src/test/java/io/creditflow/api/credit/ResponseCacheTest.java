package io.creditflow.api.credit;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.http.Response.Rendered;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResponseCacheTest {
  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);

  private final ResponseCache cache = new ResponseCache(10_000);
  private final Rendered answer = Rendered.of(Map.of("used", "1".repeat(900)));

  @Test
  void anAnswerIsKeptFromTheSecondTimeThatItIsAskedForAtOneVersion() {
    cache.put("/q", answer, 1, LATER);
    assertThat(cache.get("/q", 1, NOW)).isNull();
    cache.put("/q", answer, 2, LATER);
    assertThat(cache.get("/q", 2, NOW)).isNull();

    cache.put("/q", answer, 2, LATER);

    assertThat(cache.get("/q", 2, NOW)).isSameAs(answer);
    assertThat(cache.get("/q", 2, LATER)).isNull();
    assertThat(cache.get("/q", 3, NOW)).isNull();
  }

  @Test
  void whatWasNotAskedForLongestGoesFirst() {
    for (int i = 0; i < 20; i++) {
      cache.put("/" + i, answer, 1, LATER);
      cache.put("/" + i, answer, 1, LATER);
      assertThat(cache.get("/0", 1, NOW)).isSameAs(answer);
    }

    assertThat(cache.get("/1", 1, NOW)).isNull();
    assertThat(cache.get("/19", 1, NOW)).isSameAs(answer);
  }
}
