package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Who gets in, and what the others see. */
final class DashboardSignIn {
  private final DashboardPage page;
  private final String url;

  DashboardSignIn(DashboardPage page, String url) {
    this.page = page;
    this.url = url;
  }

  void asksForAToken() throws Exception {
    page.open(url + "/");
    says("Please sign in");
  }

  void saysThatABadLinkIsNotValid() throws Exception {
    page.open(url + "/?page=settings/credits#token=not.a.token");
    says("This link is not valid");
  }

  /** The tab is absent, and the page says whom to ask. */
  void doesNotShowCreditsToWhoMayNotReadThem(String opsToken) throws Exception {
    page.open(url + "/?page=settings#token=" + opsToken);
    says("You cannot see credit usage");
    page.awaitText(".page-notice p", "Ask an administrator");
    assertThat(page.texts(".tab")).isEmpty();
  }

  void letsOneOutAgain(String token) throws Exception {
    page.open(url + "/?page=settings/credits#token=" + token);
    page.awaitText("h2", "Remaining Credits");
    assertThat(page.script("return location.hash")).isEqualTo("");
    page.click("button.nav-link");
    says("You are signed out");
    assertThat(page.script("return JSON.stringify(localStorage)").toString()).doesNotContain(token);
  }

  private void says(String heading) throws Exception {
    page.awaitText("h1", heading);
    assertThat(page.accessibilityViolations()).as(heading).isEqualTo(List.of());
  }
}
