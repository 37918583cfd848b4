package io.creditflow.quickstart.endtoend;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The page in a real Chromium, read as people read it. */
final class Dashboard implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ChromeDriver driver;

  Dashboard(Path profile) {
    if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
      throw new IllegalStateException(
          "This test needs "
              + CHROMIUM
              + " and "
              + DRIVER
              + " (Debian: apt-get install chromium chromium-driver)");
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--lang=en-US",
        "--window-size=1440,1200",
        "--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .build();
    driver = new ChromeDriver(service, options);
  }

  /** Opens the address that quickstart prints. */
  void open(String address) throws Exception {
    driver.get(address);
    await("main");
  }

  /** Goes to the Credits tab of a workspace, its trends as a table. */
  void showCredits(String apiUrl, String workspaceId) throws Exception {
    driver.get(apiUrl + "/?w=" + workspaceId + "&page=settings/credits&range=30d&view=table");
    await("remaining-panel .balance-number");
    await("trends-panel tbody tr");
    await("campaign-table tbody tr");
  }

  long remaining() throws Exception {
    return number(await("remaining-panel .balance-number"));
  }

  /** 0 if the page says nothing of overage. */
  long overage() {
    return driver.findElements(By.cssSelector("remaining-panel [data-overage]")).stream()
        .mapToLong(Dashboard::number)
        .sum();
  }

  long trendsTotal() throws Exception {
    return number(await("trends-panel [data-total]"));
  }

  /** Credits by day, as the table beside the chart shows them. */
  Map<String, Long> creditsByDay() {
    Map<String, Long> days = new TreeMap<>();
    for (WebElement row : driver.findElements(By.cssSelector("trends-panel tbody tr"))) {
      days.put(
          row.getDomAttribute("data-start"), number(row.findElement(By.cssSelector("td.strong"))));
    }
    return days;
  }

  Map<String, Long> creditsByCampaign() {
    Map<String, Long> campaigns = new TreeMap<>();
    for (WebElement row : driver.findElements(By.cssSelector("tr[data-campaign]"))) {
      campaigns.put(
          row.getDomAttribute("data-campaign"),
          number(row.findElement(By.cssSelector("td .strong"))));
    }
    return campaigns;
  }

  private WebElement await(String css) throws Exception {
    Await.until(css, PATIENCE, () -> !driver.findElements(By.cssSelector(css)).isEmpty());
    return driver.findElement(By.cssSelector(css));
  }

  /** The number that people see, its separators taken out. */
  private static long number(WebElement element) {
    return Long.parseLong(element.getText().replaceAll("[^0-9-]", ""));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
