package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.quickstart.Addresses;
import io.creditflow.quickstart.endtoend.TestLoad.Message;
import io.creditflow.testkit.ScratchDirectory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The spine: what Confluent's own serializer publishes is what the API and the page show. */
@Tag("browser")
@Tag("system")
class PublishToQueryTest {
  private static Instant now;
  private static TestLoad load;
  private static EdgeCaseWorkspaces awkward;
  private static ScratchDirectory scratch;
  private static QuickstartUnderTest quickstart;

  @BeforeAll
  static void publish() throws Exception {
    now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    load = new TestLoad(now, 2);
    awkward = new EdgeCaseWorkspaces(now);
    scratch = new ScratchDirectory("numbers");
    quickstart = QuickstartUnderTest.start(scratch, "--no-traffic");
    List<Message> messages = new ArrayList<>(load.versions());
    messages.addAll(load.shuffled());
    messages.addAll(awkward.messages());
    assertThat(messages).hasSizeGreaterThan(14_600);
    publish(messages);
    awaitReflected(TestLoad.WORKSPACES);
    awaitReflected(EdgeCaseWorkspaces.WORKSPACES);
  }

  private static void publish(List<Message> messages) throws Exception {
    Addresses addresses = quickstart.addresses();
    try (ConfluentProducerProcess producer =
        new ConfluentProducerProcess(
            addresses.bootstrapServers(),
            addresses.schemaRegistryUrl(),
            scratch.path("producer.txt"))) {
      for (Message message : messages) {
        producer.send(message.topic(), message.workspaceId(), message.record());
      }
      assertThat(producer.finish()).isEqualTo(messages.size());
    }
  }

  /** Waits until all that was published so far is in the answers about these workspaces. */
  private static void awaitReflected(List<String> workspaces) throws Exception {
    Instant sent = Instant.now();
    for (String workspace : workspaces) {
      quickstart.api().awaitReflected(workspace, sent);
    }
  }

  @AfterAll
  static void stop() {
    if (quickstart != null) {
      quickstart.close();
    }
    scratch.close();
  }

  @Test
  void theApiServesThemToTheCredit() throws Exception {
    new ExactAnswers(quickstart.api(), load, now).areServed();
  }

  @Test
  void aBrowserShowsTheSameNumbers() throws Exception {
    try (DashboardPage page = new DashboardPage("en-US")) {
      page.open(quickstart.addresses().dashboardUrl());
      page.showCredits(quickstart.addresses().apiUrl(), "rich-co");
      long rich = load.count("rich-co", one -> true);
      assertThat(page.remaining()).isEqualTo(TestLoad.RICH_GRANT - rich);
      assertThat(page.overage()).isZero();
      assertThat(page.trendsTotal()).isEqualTo(rich);
      assertThat(page.creditsByCampaign()).isEqualTo(load.creditsByCampaign("rich-co"));
      Map<String, Long> shown = page.creditsByDay();
      for (Map.Entry<LocalDate, Long> day : load.creditsByDay("rich-co").entrySet()) {
        assertThat(shown).containsEntry(day.getKey().toString(), day.getValue());
      }

      page.showCredits(quickstart.addresses().apiUrl(), "poor-co");
      assertThat(page.remaining()).isZero();
      assertThat(page.overage())
          .isEqualTo(load.count("poor-co", one -> true) - TestLoad.POOR_GRANT);
    }
  }

  /** Wide and light, narrow and dark; one zone behind UTC, one off by half an hour. */
  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "hi-IN"})
  void everyPageSaysWhatTheApiSaysInEveryLanguage(String language) throws Exception {
    try (DashboardPage page = dashboard(language)) {
      page.look(1440, "light");
      walk(page, "rich-co", language).throughEveryPage();
      page.look(320, "dark");
      walk(page, "poor-co", language).throughEveryPage();
    }
  }

  @Test
  void everyViewSaysWhatTheApiSays() throws Exception {
    try (DashboardPage page = dashboard("en-US")) {
      page.look(1024, "light");
      walk(page, "twice-co", "en-US").throughEveryView();
    }
  }

  @Test
  void awkwardWorkspacesAreSpokenOfAsTheyAre() throws Exception {
    try (DashboardPage page = dashboard("en-US")) {
      page.look(1440, "light");
      awkward.areSpokenOfAsTheyAre(page, quickstart.api(), url());
    }
  }

  @Test
  void alertsAreInForceWhileTheyAreTrueAndNoLonger() throws Exception {
    AlertsThatPass alerts = new AlertsThatPass(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    publish(alerts.raising());
    awaitReflected(AlertsThatPass.WORKSPACES);
    try (DashboardPage page = dashboard("en-US")) {
      AlertsThatPass.areShown(page, url());
      publish(alerts.passing());
      awaitReflected(AlertsThatPass.WORKSPACES);
      AlertsThatPass.haveGone(page, url());
    }
  }

  @Test
  void aSpikeIsAnAlertAndAMarkInTheChart() throws Exception {
    try (DashboardPage page = dashboard("en-US")) {
      page.look(1440, "light");
      walk(page, TestLoad.SPIKE_WORKSPACE, "en-US").toTheSpikeOf(TestLoad.SPIKE_CAMPAIGN);
    }
  }

  @Test
  void everybodyCanUseThePage() throws Exception {
    try (DashboardPage page = dashboard("en-US")) {
      page.look(1440, "light");
      DashboardAccessibility reach = new DashboardAccessibility(page, url(), "rich-co");
      reach.keyboardAlone();
      reach.noBarriers();
      page.look(320, "dark");
      new DashboardAccessibility(page, url(), "poor-co").noBarriers();
      new DashboardAccessibility(page, url(), "paged-co").theFocusStaysWherePagesEnd();
    }
  }

  @Test
  void onlyATokenThatMayReadCreditsSeesThem() throws Exception {
    try (DashboardPage page = new DashboardPage("en-US")) {
      DashboardSignIn listener = new DashboardSignIn(page, url());
      listener.asksForAToken();
      listener.saysThatABadLinkIsNotValid();
      listener.doesNotShowCreditsToWhoMayNotReadThem(quickstart.addresses().opsToken());
      listener.letsOneOutAgain(quickstart.addresses().token());
    }
  }

  @Test
  void thePageIsSmallAndDoesNotJumpOnASlowPhone() throws Exception {
    try (DashboardPage page = dashboard("en-US")) {
      page.look(390, "light");
      new DashboardPerformance(page).isSmall(url() + "/?w=rich-co&page=settings/credits");
    }
  }

  private static DashboardPage dashboard(String language) {
    DashboardPage page = new DashboardPage(language);
    page.open(quickstart.addresses().dashboardUrl());
    return page;
  }

  private static DashboardTour walk(DashboardPage page, String workspaceId, String language) {
    return new DashboardTour(
        page, quickstart.api(), url(), workspaceId, Locale.forLanguageTag(language));
  }

  private static String url() {
    return quickstart.addresses().apiUrl();
  }
}
