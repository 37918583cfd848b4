package io.creditflow.quickstart.endtoend;

import io.creditflow.testkit.Browser;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The page in a browser, read as people read it. */
final class DashboardPage extends Browser {
  /**
   * @param language the reader's, a BCP 47 tag
   */
  DashboardPage(String language) {
    super(language);
  }

  /** Opens the address that quickstart prints. */
  @Override
  public void open(String address) {
    super.open(address);
    find("main");
  }

  /** Goes to the Credits tab of a workspace, its trends as a table. */
  void showCredits(String apiUrl, String workspaceId) {
    goTo(apiUrl + "/?w=" + workspaceId + "&page=settings/credits&range=30d&view=table");
    find("remaining-panel .balance-number");
    find("trends-panel tbody tr");
    find("campaign-table tbody tr");
  }

  long remaining() {
    return number(find("remaining-panel .balance-number"));
  }

  /** 0 if the page says nothing of overage. */
  long overage() {
    return all("remaining-panel [data-overage]").stream().mapToLong(DashboardPage::number).sum();
  }

  long trendsTotal() {
    return number(find("trends-panel [data-total]"));
  }

  /** Credits by day, as the table beside the chart shows them. */
  Map<String, Long> creditsByDay() {
    Map<String, Long> days = new TreeMap<>();
    for (WebElement row : all("trends-panel tbody tr")) {
      days.put(
          row.getDomAttribute("data-start"), number(row.findElement(By.cssSelector("td.strong"))));
    }
    return days;
  }

  Map<String, Long> creditsByCampaign() {
    Map<String, Long> campaigns = new TreeMap<>();
    for (WebElement row : all("tr[data-campaign]")) {
      campaigns.put(
          row.getDomAttribute("data-campaign"),
          number(row.findElement(By.cssSelector("td .strong"))));
    }
    return campaigns;
  }

  /** Sets the window's width and whether the reader prefers light or dark. */
  void look(int width, String scheme) {
    size(width, 900);
    colours(scheme);
  }

  /** Goes to an address and waits until an element is there. */
  void show(String address, String css) {
    goTo(address);
    find(css);
    await("something never loaded at " + address, () -> !has(".skeleton"));
  }

  /** By how many pixels the page is wider than its window. */
  long tooWideBy() {
    return (Long)
        script(
            "const d = document.documentElement; return Math.max(0, d.scrollWidth -"
                + " d.clientWidth)");
  }

  /** Addresses that the page asked for, apart from those of this server. */
  @SuppressWarnings("unchecked")
  List<String> askedElsewhere(String apiUrl) {
    return ((List<String>)
            script("return performance.getEntriesByType('resource').map(e => e.name)"))
        .stream().filter(name -> !name.startsWith(apiUrl + "/")).toList();
  }

  /** The number that people see, its separators taken out. */
  private static long number(WebElement element) {
    return Long.parseLong(element.getText().replaceAll("[^0-9-]", ""));
  }
}
