package io.creditflow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class GzipTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "GZIP",
        "x-gzip",
        "br, gzip",
        "gzip;q=0.5, identity",
        "*",
        "br;q=1.0, *;q=0.1",
        "deflate , gzip ; q=1.000"
      })
  void whoeverNamesItOrTakesAnythingGetsIt(String header) {
    assertThat(Gzip.isAccepted(header)).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "identity",
        "br",
        "gzip;q=0",
        "gzip; q=0.000",
        "*;q=0",
        "*, gzip;q=0",
        "gzipped",
        "gzip;q=nonsense",
        "gzip;q="
      })
  void nobodyElseDoes(String header) {
    assertThat(Gzip.isAccepted(header)).isFalse();
  }
}
