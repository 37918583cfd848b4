package io.creditflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page's plain modules, called where they run: in the browser. */
class ModulesTest extends BrowserTest {
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
  void ticksAreWholeNumbersAtRoundStepsThatReachTheMost() {
    assertThat(of("/js/chart/scale.js", "m.ticksUpTo(0)")).isEqualTo(List.of(0L, 1L));
    assertThat(of("/js/chart/scale.js", "m.ticksUpTo(1)")).isEqualTo(List.of(0L, 1L));
    assertThat(of("/js/chart/scale.js", "m.ticksUpTo(3)")).isEqualTo(List.of(0L, 1L, 2L, 3L));
    assertThat(of("/js/chart/scale.js", "m.ticksUpTo(430)"))
        .isEqualTo(List.of(0L, 150L, 300L, 450L));
    assertThat(of("/js/chart/scale.js", "m.ticksUpTo(12345678).every(Number.isInteger)"))
        .isEqualTo(true);
  }

  @Test
  void seriesPastTheEighthAreDrawnAsOneAndNothingIsLost() {
    String answer =
        "{groupBy: 'campaign', granularity: 'day', timeZone: 'UTC', total: 66, series:"
            + " Array.from({length: 11}, (_, i) => ({key: 'c' + i, label: 'c' + i, total: 11 - i,"
            + " points: [{start: '2026-03-01', credits: 11 - i, leadsSourced: 11 - i,"
            + " phonesRevealed: 0, remaining: null}]}))}";
    assertThat(
            of(
                "/js/chart/model.js",
                "m.chartModel(" + answer + ", Date.now()).series.map(s => s.key).join()"))
        .isEqualTo("c0,c1,c2,c3,c4,c5,c6,");
    assertThat(
            of("/js/chart/model.js", "m.chartModel(" + answer + ", Date.now()).buckets[0].total"))
        .isEqualTo(66L);
  }

  @Test
  void addressesKeepWorkspaceAndPageFirstAndLeaveOutDefaults() {
    assertThat(
            of(
                "/js/url-state.js",
                "m.hrefOf({range: '7d', page: 'settings/credits', w: 'a b&c', q: '', view: null})"))
        .isEqualTo("?w=a%20b%26c&page=settings/credits&range=7d");
    assertThat(of("/js/url-state.js", "m.hrefOf({page: 'campaigns'})")).isEqualTo("?");
  }

  @Test
  void momentsInMessagesAreThoseOfTheWorkspacesZone() {
    assertThat(
            of(
                "/js/alerts.js",
                "m.messageOf({message: 'spent 9 credits in the hour from 1 Jul 2026, 18:00"
                    + " UTC-04:00; 1 would be usual'}, 'Asia/Kolkata')"))
        .asString()
        .matches(
            "spent 9 credits in the hour from Jul 2, 2026, 3:30\\sAM GMT\\+5:30; 1 would be usual");
  }

  /**
   * Random workspaces through the whole page, held against predicates that know nothing of its
   * modules.
   */
  @Test
  @SuppressWarnings("unchecked")
  void nothingOnThePageContradictsTheNumbersBesideIt() {
    open("reader", "?w=random-1&page=settings/credits");
    for (int seed = 1; seed <= 50; seed++) {
      var state =
          (Map<String, Object>)
              browser.script(
                  "return import('/test/states.js').then(m => m.answersOf(arguments[0],"
                      + " Date.now()))",
                  seed);
      String at = "/v1/workspaces/random-" + seed + "/credits";
      state.forEach((route, answer) -> server.give(at + route, answer));
      browser.script(
          "history.pushState(null, '', '?page=settings/credits&w=random-' + arguments[0]);"
              + " dispatchEvent(new PopStateEvent('popstate'))",
          seed);
      browser.find("remaining-panel .balance-number");
      browser.find("[data-campaign^='campaign-" + seed + "-']");
      browser.find(".chart-bucket");
      assertThat((List<?>) browser.script(CONTRADICTIONS, state)).as("state " + seed).isEmpty();
    }
  }

  private static final String CONTRADICTIONS =
      """
      const state = arguments[0];
      const text = css => [...document.querySelectorAll(css)].map(e => e.textContent.replace(/\\s+/g, ' ').trim()).join(' ');
      return import('/test/predicates.js').then(check => {
        const credits = state[''];
        const now = Date.now();
        const wrong = check.contradictionsOfBalance(text('remaining-panel'), credits, now);
        if (credits.allocated > 0) wrong.push(...check.contradictionsOfShare(text('.meter-legend span:first-child'), credits));
        for (const item of state['/campaigns'].items) {
          const row = `[data-campaign="${item.campaignId}"] `;
          wrong.push(...check.contradictionsOfQuota(text(row + '.quota'), item, credits.timeZone, now));
          wrong.push(...check.contradictionsOfProjection(text(row + 'td:last-child'), item, credits.period, credits.timeZone, now));
        }
        const shown = [...document.querySelectorAll('alerts-strip [data-alert]')].map(e => e.dataset.alert);
        wrong.push(...check.contradictionsOfAlerts(text('alerts-strip'), shown, state['/alerts'].items, state['/campaigns'].items));
        return wrong.map(what => what + ': ' + text('remaining-panel'));
      });
      """;

  @Test
  void onlyLinksBecomeLinks() {
    for (String bad : List.of("javascript:alert(1)", "data:text/html,x", "//", "mail me")) {
      assertThat(of("/js/shell/notices.js", "m.safeHref('" + bad + "')")).as(bad).isNull();
    }
    assertThat(of("/js/shell/notices.js", "m.safeHref('https://example.com/x')"))
        .isEqualTo("https://example.com/x");
  }
}
