package io.creditflow.testkit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Debian's Chromium without a window, with a profile of its own. A module that uses it needs
 * Selenium and axe-core on its class path, and axe-core's version in the system property {@code
 * axe-core.version}. Not thread-safe.
 */
public class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String AXE =
      "/META-INF/resources/webjars/axe-core/"
          + System.getProperty("axe-core.version")
          + "/axe.min.js";
  private static final Duration POLL = Duration.ofMillis(50);

  private final Path home;
  private final Path downloads;
  private final ChromeDriver driver;

  public Browser() {
    this("en-US");
  }

  /**
   * @param language the reader's, a BCP 47 tag
   */
  public Browser(String language) {
    if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
      throw new IllegalStateException(
          "The page's tests need "
              + CHROMIUM
              + " and "
              + DRIVER
              + " (Debian: apt-get install chromium chromium-driver)");
    }
    try {
      home = Files.createTempDirectory("creditflow-browser");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    downloads = home.resolve("downloads");
    var logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    var options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1440,900",
        "--user-data-dir=" + home.resolve("profile"));
    options.setExperimentalOption(
        "prefs",
        Map.of(
            "intl.accept_languages", language, "download.default_directory", downloads.toString()));
    options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .withLogFile(new File(home.toFile(), "driver.log"))
            .build();
    driver = new ChromeDriver(service, options);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(driver::quit)); // also when the tests are cut short
    // Without a window no page has the focus, and none gets focus events.
    devTools("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
  }

  /**
   * Lines of the only file saved under such a name, once it is there whole.
   *
   * @param name a pattern for all of it
   */
  public List<String> download(String name) {
    await("nothing saved as " + name, () -> !saved(name).isEmpty());
    if (saved(name).size() > 1) {
      throw new IllegalStateException("saved as " + name + ": " + saved(name));
    }
    try {
      return Files.readAllLines(saved(name).get(0).toPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** But for empty files, which hold a name's place until the whole one is moved there. */
  private List<File> saved(String name) {
    File[] files =
        downloads.toFile().listFiles(file -> file.getName().matches(name) && file.length() > 0);
    return files == null ? List.of() : List.of(files);
  }

  /** Opens an address in a session of its own: nothing is left of earlier tokens. */
  public void open(String address) {
    driver.get("about:blank");
    String origin = address.substring(0, address.indexOf('/', "https://".length()));
    devTools(
        "Storage.clearDataForOrigin", Map.of("origin", origin, "storageTypes", "local_storage"));
    driver.get(address);
  }

  public void goTo(String address) {
    driver.get(address);
  }

  public void reload() {
    driver.navigate().refresh();
  }

  public void back() {
    driver.navigate().back();
  }

  public void forward() {
    driver.navigate().forward();
  }

  public void clickWithControl(WebElement element) {
    new Actions(driver).keyDown(Keys.CONTROL).click(element).keyUp(Keys.CONTROL).perform();
  }

  /** What a finger's tap on the first that matches makes the browser dispatch. */
  public void tap(String css) {
    find(css);
    script(
        "const e = document.querySelector(arguments[0]); for (const type of ['pointerenter',"
            + " 'pointerdown', 'pointerup', 'pointerleave', 'click']) e.dispatchEvent(new"
            + " PointerEvent(type, {pointerType: 'touch', bubbles: true}))",
        css);
  }

  /** Does something in the tab that the first step opens, then closes it. */
  public void inTabOpenedBy(Runnable opening, Runnable step) {
    String here = driver.getWindowHandle();
    opening.run();
    await("no other tab", () -> driver.getWindowHandles().size() == 2);
    driver.getWindowHandles().stream()
        .filter(handle -> !handle.equals(here))
        .forEach(handle -> driver.switchTo().window(handle));
    step.run();
    driver.close();
    driver.switchTo().window(here);
  }

  /** Does something in a tab of its own at that address, then closes it. */
  public void inAnotherTab(String address, Runnable step) {
    String here = driver.getWindowHandle();
    driver.switchTo().newWindow(WindowType.TAB).get(address);
    step.run();
    driver.close();
    driver.switchTo().window(here);
  }

  public String address() {
    return driver.getCurrentUrl();
  }

  public String title() {
    return driver.getTitle();
  }

  public Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  public Map<String, Object> devTools(String command, Map<String, Object> parameters) {
    return driver.executeCdpCommand(command, parameters);
  }

  public void size(int width, int height) {
    devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  public void colours(String scheme) {
    devTools(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** The element, once it is there. */
  public WebElement find(String css) {
    return new WebDriverWait(driver, PATIENCE, POLL)
        .withMessage("nothing matches " + css)
        .until(any -> driver.findElements(By.cssSelector(css)).stream().findFirst().orElse(null));
  }

  public List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  public boolean has(String css) {
    return !all(css).isEmpty();
  }

  /** Text of everything that matches, as it stands in the document. */
  @SuppressWarnings("unchecked")
  public List<String> texts(String css) {
    return (List<String>)
        script(
            "return [...document.querySelectorAll(arguments[0])].map(e =>"
                + " e.textContent.replace(/\\s+/g, ' ').trim())",
            css);
  }

  public String text(String css) {
    find(css);
    return texts(css).get(0);
  }

  @SuppressWarnings("unchecked")
  public List<String> attributes(String css, String name) {
    return (List<String>)
        script(
            "return [...document.querySelectorAll(arguments[0])].map(e =>"
                + " e.getAttribute(arguments[1]))",
            css,
            name);
  }

  public String attribute(String css, String name) {
    find(css);
    return attributes(css, name).get(0);
  }

  public void click(String css) {
    retrying(() -> script("arguments[0].scrollIntoView({block: 'center'})", find(css)));
    retrying(() -> find(css).click());
  }

  /** Clicks the first of these with this text. */
  public void click(String css, String text) {
    await("no " + css + " says " + text, () -> texts(css).contains(text));
    script(
        "[...document.querySelectorAll(arguments[0])].find(e => e.textContent.replace(/\\s+/g, '"
            + " ').trim() === arguments[1]).click()",
        css,
        text);
  }

  public void choose(String css, String value) {
    retrying(() -> new Select(find(css)).selectByValue(value));
  }

  public void type(String css, String text) {
    find(css).sendKeys(text);
  }

  public void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  public void pressShiftTab() {
    new Actions(driver).keyDown(Keys.SHIFT).sendKeys(Keys.TAB).keyUp(Keys.SHIFT).perform();
  }

  public void hover(WebElement element) {
    new Actions(driver).moveToElement(element).perform();
  }

  public String focused(String attribute) {
    return (String) script("return document.activeElement.getAttribute(arguments[0])", attribute);
  }

  public void await(String otherwise, BooleanSupplier condition) {
    new WebDriverWait(driver, PATIENCE, POLL)
        .withMessage(otherwise)
        .ignoring(StaleElementReferenceException.class)
        .until(any -> condition.getAsBoolean());
  }

  /** Waits until these texts, in this order, are all that match. */
  public void awaitTexts(String css, String... texts) {
    await(css + " never said " + List.of(texts), () -> texts(css).equals(List.of(texts)));
  }

  public void awaitText(String css, String text) {
    await(
        "no " + css + " says: " + text,
        () -> texts(css).stream().anyMatch(one -> one.contains(text)));
  }

  /** Warnings and errors of the console since the last call. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .filter(message -> !message.contains("willReadFrequently")) // axe-core's own
        .toList();
  }

  /** The violations of WCAG 2.2 A and AA, and of best practice, that axe-core finds. */
  @SuppressWarnings("unchecked")
  public List<String> accessibilityViolations() {
    try (InputStream axe = Browser.class.getResourceAsStream(AXE)) {
      script("if (!window.axe) { " + new String(axe.readAllBytes(), StandardCharsets.UTF_8) + " }");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
    return (List<String>)
        driver.executeAsyncScript(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations'], runOnly:"
                + " ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',"
                + " 'best-practice']}).then(r => done(r.violations.map(v => v.id + ': ' + v.help +"
                + " ' at ' + v.nodes.map(n => n.target.join(' ') + ' | ' +"
                + " n.failureSummary).slice(0, 3).join(' ;; '))), e => done(['axe failed: ' +"
                + " e]))");
  }

  private void retrying(Runnable step) {
    for (int attempt = 0; ; attempt++) {
      try {
        step.run();
        return;
      } catch (StaleElementReferenceException e) {
        if (attempt == 5) throw e; // the page was drawn again between finding and using
      }
    }
  }

  @Override
  public void close() {
    driver.quit();
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
