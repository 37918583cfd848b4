package io.creditflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.dashboard.fixture.FixtureServer;
import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/**
 * One browser and one fixture server for the tests of a class; each test must leave the console
 * silent.
 */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserTest {
  Browser browser;
  FixtureServer server;

  boolean large() {
    return false;
  }

  @BeforeAll
  void start() throws IOException {
    server = new FixtureServer(0, null, large());
    browser = new Browser();
  }

  @BeforeEach
  void reset() {
    server.config(FixtureServer.PLAIN_CONFIG);
    server.heal();
    browser.size(1440, 900);
    browser.colours("light");
    browser.complaints();
  }

  @AfterEach
  void consoleIsSilent() {
    assertThat(browser.complaints())
        .as("the console")
        .allMatch(message -> message.contains("Failed to load resource")); // by the test's will
  }

  @AfterAll
  void stop() {
    if (browser != null) browser.close();
    if (server != null) server.close();
  }

  /** Opens the page, signed in. */
  void open(String token, String query) {
    browser.open(server.url() + "/" + query + "#token=" + token);
  }

  void openCredits(String more) {
    open("reader", "?w=acme&page=settings/credits" + more);
    browser.find(".chart-bucket, .table-scroll");
    browser.find(".balance-number");
    browser.find("campaign-table tbody tr");
  }

  void assertAccessible(String where) {
    assertThat(browser.accessibilityViolations()).as("axe-core on " + where).isEmpty();
  }

  /** What the API says, for comparing with what the page shows. */
  JsonNode api(String path) {
    try {
      return new ApiClient(server.url(), "reader").json(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same as a map, for giving it back changed. */
  Map<String, Object> answer(String path) {
    return new ObjectMapper()
        .convertValue(api(path), new TypeReference<LinkedHashMap<String, Object>>() {});
  }
}
