package io.creditflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page's plain modules, called where they run: in the browser. */
class ModulesTest extends PageTest {
  @BeforeAll
  void onAPageOfTheServer() {
    browser.goTo(server.url() + "/");
  }

  private Object of(String module, String expression) {
    return browser.script("return import('" + module + "').then(m => (" + expression + "))");
  }

  @Test
  void aDayIsThatOfTheWorkspacesZoneOnBothSidesOfClockChanges() {
    assertThat(of("/js/days.js", "m.dayOf('2026-03-29T22:30:00Z', 'Europe/Berlin')"))
        .isEqualTo("2026-03-30");
    assertThat(of("/js/days.js", "m.dayOf('2026-10-25T22:30:00Z', 'Europe/Berlin')"))
        .isEqualTo("2026-10-25");
    assertThat(of("/js/days.js", "m.dayOf('2026-10-03T15:45:00Z', 'Australia/Lord_Howe')"))
        .isEqualTo("2026-10-04");
    assertThat(of("/js/days.js", "m.dayOf('2026-01-01T00:30:00Z', 'America/New_York')"))
        .isEqualTo("2025-12-31");
  }

  @Test
  void aZoneThatTheBrowserDoesNotKnowIsReadAsUtc() {
    assertThat(of("/js/days.js", "m.dayOf('2026-01-01T23:30:00Z', 'Mars/Olympus')"))
        .isEqualTo("2026-01-01");
  }

  @Test
  void rangesEndTodayAndPeriodsAreCutToWhatCanBeAsked() {
    assertThat(of("/js/days.js", "m.resolveRange('7d', '2026-03-03')"))
        .isEqualTo(Map.of("from", "2026-02-25", "to", "2026-03-03"));
    assertThat(
            of(
                "/js/days.js",
                "m.resolveRange('period', '2026-03-03', {start: '2026-01-31T23:30:00Z'}, 'Europe/Berlin')"))
        .isEqualTo(Map.of("from", "2026-02-01", "to", "2026-03-03"));
    assertThat(
            of(
                "/js/days.js",
                "m.resolveRange('period', '2026-03-03', {start: '2020-01-01T00:00:00Z'}, 'UTC').from"))
        .isEqualTo("2025-01-28");
    assertThat(of("/js/days.js", "m.resolveRange('2026-02-30..2026-03-01', '2026-03-03').from"))
        .isEqualTo("2026-02-02");
    assertThat(of("/js/days.js", "m.previousRange({from: '2026-03-01', to: '2026-03-07'})"))
        .isEqualTo(Map.of("from", "2026-02-22", "to", "2026-02-28"));
  }

  @Test
  void hoursAreOfferedForFourteenDaysWithinFifty() {
    assertThat(
            of(
                "/js/days.js",
                "m.hoursAllowed({from: '2026-03-01', to: '2026-03-14'}, '2026-04-01')"))
        .isEqualTo(true);
    assertThat(
            of(
                "/js/days.js",
                "m.hoursAllowed({from: '2026-03-01', to: '2026-03-15'}, '2026-04-01')"))
        .isEqualTo(false);
    assertThat(
            of(
                "/js/days.js",
                "m.hoursAllowed({from: '2026-02-10', to: '2026-02-11'}, '2026-04-01')"))
        .isEqualTo(false);
  }

  @Test
  void ticksAreWholeNumbersAtRoundStepsThatReachTheMost() {
    assertThat(of("/js/chart/scale.js", "m.ticksUpTo(0)")).isEqualTo(List.of(0L, 1L));
    assertThat(of("/js/chart/scale.js", "m.ticksUpTo(1)")).isEqualTo(List.of(0L, 1L));
    assertThat(of("/js/chart/scale.js", "m.ticksUpTo(3)")).isEqualTo(List.of(0L, 1L, 2L, 3L));
    assertThat(of("/js/chart/scale.js", "m.ticksUpTo(430)"))
        .isEqualTo(List.of(0L, 100L, 200L, 300L, 400L, 500L));
    assertThat(of("/js/chart/scale.js", "m.ticksUpTo(12345678).every(Number.isInteger)"))
        .isEqualTo(true);
  }

  @Test
  void seriesPastTheEighthAreDrawnAsOneAndNothingIsLost() {
    String answer =
        "{groupBy: 'campaign', granularity: 'day', timeZone: 'UTC', total: 66, series: Array.from({length: 11}, (_, i) => ({key: 'c' + i, label: 'c' + i,"
            + " total: 11 - i, points: [{start: '2026-03-01', credits: 11 - i, leadsSourced: 11 - i, phonesRevealed: 0, remaining: null}]}))}";
    assertThat(
            of("/js/chart/model.js", "m.chartModel(" + answer + ").series.map(s => s.key).join()"))
        .isEqualTo("c0,c1,c2,c3,c4,c5,c6,other");
    assertThat(of("/js/chart/model.js", "m.chartModel(" + answer + ").buckets[0].total"))
        .isEqualTo(66L);
  }

  @Test
  void addressesKeepWorkspaceAndPageFirstAndLeaveOutDefaults() {
    assertThat(
            of(
                "/js/url-state.js",
                "m.hrefOf({range: '7d', page: 'settings/credits', w: 'a b&c', q: '', view: null})"))
        .isEqualTo("/?w=a%20b%26c&page=settings/credits&range=7d");
    assertThat(of("/js/url-state.js", "m.hrefOf({page: 'campaigns'})")).isEqualTo("/");
  }

  @Test
  void ofThresholdsCrossedAtOnceTheWorstStandsAndOfLaterOnesTheLatest() {
    String alert =
        "{alertId: '%s', kind: '%s', level: '%s', campaignId: %s, occurredAt: new Date(Date.now() - %d).toISOString()}";
    String alerts =
        String.join(
            ",",
            alert.formatted("a", "LOW_BALANCE", "WARNING", "null", 60_000),
            alert.formatted("b", "QUOTA", "RECOVERED", "'c-1'", 60_000),
            alert.formatted("c", "QUOTA", "CRITICAL", "'c-1'", 90_000),
            alert.formatted("d", "QUOTA", "WARNING", "'c-2'", 120_000),
            alert.formatted("e", "EXPIRY", "WARNING", "null", 120_000),
            alert.formatted("f", "EXPIRY", "NOTICE", "null", 130_000),
            alert.formatted("g", "SPIKE", "WARNING", "'c-2'", 90_000_000));
    String jump =
        "(at => [{alertId: 'x', kind: 'QUOTA', level: 'WARNING', campaignId: 'c-3', occurredAt: at},"
            + " {alertId: 'y', kind: 'QUOTA', level: 'CRITICAL', campaignId: 'c-3', occurredAt: at}])(new Date().toISOString())";
    assertThat(of("/js/alerts.js", "m.inForce([" + alerts + "]).map(a => a.alertId).join()"))
        .isEqualTo("a,d,e,f");
    assertThat(of("/js/alerts.js", "m.inForce(" + jump + ").map(a => a.alertId).join()"))
        .isEqualTo("y");
  }

  @Test
  void momentsInMessagesAreThoseOfTheWorkspacesZone() {
    assertThat(
            of(
                "/js/alerts.js",
                "m.messageOf({message: 'spent 9 credits in the hour from 2026-07-01 22:00 UTC; 1 would be usual'}, 'Asia/Kolkata')"))
        .asString()
        .matches("spent 9 credits in the hour from Jul 2, 2026, 3:30\\sAM; 1 would be usual");
  }

  @Test
  void onlyLinksBecomeLinks() {
    for (String bad : List.of("javascript:alert(1)", "data:text/html,x", "//", "mail me")) {
      assertThat(of("/js/shell/notices.js", "m.safeHref('" + bad + "')")).as(bad).isNull();
    }
    assertThat(of("/js/shell/notices.js", "m.safeHref('https://example.com/x')"))
        .isEqualTo("https://example.com/x");
  }
}
