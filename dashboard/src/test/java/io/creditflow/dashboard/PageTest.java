package io.creditflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.dashboard.fixture.FixtureServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
abstract class PageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

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
    assertThat(browser.complaints()).as("the console").isEmpty();
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

  /** What the API says, for comparing with what the page shows. */
  JsonNode api(String path) {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Authorization", "Bearer reader")
            .build();
    try {
      return JSON.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
