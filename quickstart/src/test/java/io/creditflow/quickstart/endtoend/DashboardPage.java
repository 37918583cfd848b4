package io.creditflow.quickstart.endtoend;

import io.creditflow.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page in a real Chromium, read as people read it. */
final class DashboardPage implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String AXE =
      "/META-INF/resources/webjars/axe-core/"
          + System.getProperty("axe-core.version")
          + "/axe.min.js";

  private final ChromeDriver driver;

  DashboardPage(Path profile) {
    this(profile, "en-US");
  }

  /**
   * @param language the reader's, a BCP 47 tag
   */
  DashboardPage(Path profile, String language) {
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
        "--window-size=1440,1200",
        "--user-data-dir=" + profile);
    options.setExperimentalOption("prefs", Map.of("intl.accept_languages", language));
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
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
        .mapToLong(DashboardPage::number)
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

  /** Sets the window's width and whether the reader prefers light or dark. */
  void look(int width, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Goes to an address and waits until an element is there. */
  void show(String address, String css) throws Exception {
    driver.get(address);
    await(css);
    Await.until(
        "loaded", PATIENCE, () -> driver.findElements(By.cssSelector(".skeleton")).isEmpty());
  }

  /** An attribute of everything that matches, in the document's order. */
  @SuppressWarnings("unchecked")
  List<String> values(String css, String attribute) {
    return (List<String>)
        driver.executeScript(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.getAttribute(arguments[1]))",
            css,
            attribute);
  }

  String text(String css) throws Exception {
    return await(css).getText();
  }

  /** The text of everything that matches, hidden or not. */
  @SuppressWarnings("unchecked")
  List<String> texts(String css) {
    return (List<String>)
        driver.executeScript(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent.trim().replace(/\\s+/g, ' '))",
            css);
  }

  Object script(String script) {
    return driver.executeScript(script);
  }

  void devTools(String command, Map<String, Object> parameters) {
    driver.executeCdpCommand(command, parameters);
  }

  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** An attribute of what the keyboard is on; null without it. */
  String focused(String attribute) {
    return driver.switchTo().activeElement().getDomAttribute(attribute);
  }

  void click(String css) throws Exception {
    await(css).click();
  }

  /** Waits until an element with this text is there. */
  void awaitText(String css, String text) throws Exception {
    Await.until(
        () -> css + " says \"" + text + "\"; it says " + texts(css),
        PATIENCE,
        () -> texts(css).stream().anyMatch(one -> one.contains(text)));
  }

  /** Waits until these are the texts of everything that matches. */
  void awaitTexts(String css, String... texts) throws Exception {
    Await.until(
        () -> css + " says " + List.of(texts) + "; it says " + texts(css),
        PATIENCE,
        () -> texts(css).equals(List.of(texts)));
  }

  /** What axe-core finds against WCAG 2.2 A and AA. */
  @SuppressWarnings("unchecked")
  List<String> barriers() throws IOException {
    try (InputStream axe = DashboardPage.class.getResourceAsStream(AXE)) {
      driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    return (List<String>)
        driver.executeAsyncScript(
            "const done = arguments[0];"
                + " axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
                + ".then(found => done(found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.failureSummary + ' at ' + n.target.join(' ')).join('; '))),"
                + " failed => done(['axe-core failed: ' + failed]))");
  }

  /** By how many pixels the page is wider than its window. */
  long tooWideBy() {
    return (Long)
        driver.executeScript(
            "const d = document.documentElement; return Math.max(0, d.scrollWidth - d.clientWidth)");
  }

  /** Warnings and errors of the console since the last time. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .filter(message -> !message.contains("willReadFrequently")) // axe-core's own
        .toList();
  }

  /** Addresses that the page asked for, apart from those of this server. */
  @SuppressWarnings("unchecked")
  List<String> askedElsewhere(String apiUrl) {
    return ((List<String>)
            driver.executeScript(
                "return performance.getEntriesByType('resource').map(e => e.name)"))
        .stream().filter(name -> !name.startsWith(apiUrl + "/")).toList();
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
