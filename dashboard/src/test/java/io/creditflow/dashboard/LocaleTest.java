package io.creditflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.dashboard.fixture.FixtureServer;
import io.creditflow.testkit.Browser;
import java.io.IOException;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and dates as the reader writes them, days as the workspace lives them. */
@Tag("browser")
class LocaleTest {
  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "hi-IN"})
  void numbersAndDatesFollowTheReadersLanguage(String language) throws IOException {
    try (var server = new FixtureServer(0, null, false);
        var browser = new Browser(language)) {
      browser.open(server.url() + "/?w=acme&page=settings/credits#token=reader");
      long remaining = Long.parseLong(browser.attribute(".balance-number", "data-value"));
      assertThat(browser.text(".balance-number"))
          .isEqualTo(NumberFormat.getInstance(Locale.forLanguageTag(language)).format(remaining));
      String allocated = language.equals("de-DE") ? "64.500" : "64,500";
      assertThat(browser.text("[data-allocated]")).isEqualTo(allocated);
      browser.open(server.url() + "/?w=globex&page=settings/credits/history#token=reader");
      Instant newest = Instant.parse(browser.attribute("[data-row] time", "datetime"));
      var local = newest.atZone(ZoneId.of("America/New_York"));
      assertThat(browser.attribute("tbody[data-day]", "data-day"))
          .isEqualTo(local.toLocalDate().toString());
      if (language.equals("de-DE")) {
        assertThat(browser.text("[data-row] time"))
            .isEqualTo(DateTimeFormatter.ofPattern("H:mm:ss").format(local));
        assertThat(browser.text(".day-row"))
            .startsWith(DateTimeFormatter.ofPattern("EEEE, d. MMM", Locale.GERMANY).format(local));
      }
      assertThat(browser.text(".zone-line")).contains("America/New York");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
