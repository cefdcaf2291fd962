package dev.resilient.endtoend.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium without a screen, with an empty profile of its own. What it complains about fails the test. */
final class Browser implements AutoCloseable {
    private static final Set<String> CONTROLS = Set.of("button", "link", "image", "dialog", "region");
    private static final String FOCUSABLE =
            "[...document.querySelectorAll('button, a[href], summary, [tabindex=\"0\"]')].filter(it =>"
                    + " it.checkVisibility())";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ChromeDriver driver;

    Browser(Path profile) {
        ChromeOptions options = new ChromeOptions()
                .setBinary("/usr/bin/chromium")
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .usingAnyFreePort()
                .build();
        driver = new ChromeDriver(service, options);
    }

    void open(Object address) {
        driver.get(address.toString());
    }

    /** A window of this size in CSS pixels, whatever the smallest window of the system is. */
    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What the user prefers: {@code dark} or {@code light}, and whether things may move. */
    void prefer(String scheme, boolean motion) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of(
                                        "name",
                                        "prefers-reduced-motion",
                                        "value",
                                        motion ? "no-preference" : "reduce"))));
    }

    void reload() {
        driver.navigate().refresh();
    }

    WebElement element(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> elements(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The text that can be seen of an element; empty if there is none. */
    String text(String selector) {
        return Objects.toString(
                script(
                        "return Array.from(document.querySelectorAll(arguments[0]), e => e.innerText).join('\\n')",
                        selector),
                "");
    }

    /** Clicks as a person does: on what is in view and not hidden. */
    void click(String selector) {
        await(selector)
                .atMost(PATIENCE)
                .ignoreException(StaleElementReferenceException.class)
                .until(() -> {
                    List<WebElement> found = elements(selector);
                    if (found.isEmpty() || !found.getFirst().isDisplayed()) {
                        return false;
                    }
                    script("arguments[0].scrollIntoView({block: 'center'})", found.getFirst());
                    found.getFirst().click();
                    return true;
                });
    }

    /** Waits until the text that can be seen of an element contains these words. */
    void awaitText(String selector, String words) {
        await(words + " in " + selector).atMost(PATIENCE).untilAsserted(() -> assertThat(text(selector))
                .contains(words));
    }

    Object script(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    /** Presses a key where the focus is. */
    void press(Keys key) {
        driver.switchTo().activeElement().sendKeys(key);
    }

    /** The roles of those controls that have no name for somebody who cannot see them, by the browser's own reckoning. */
    List<String> namelessControls() {
        Object nodes = driver.executeCdpCommand("Accessibility.getFullAXTree", Map.of())
                .get("nodes");
        return ((List<?>) nodes)
                .stream()
                        .map(node -> (Map<?, ?>) node)
                        .filter(node -> CONTROLS.contains(value(node, "role"))
                                && value(node, "name").isBlank())
                        .map(Object::toString)
                        .toList();
    }

    private static String value(Map<?, ?> node, String property) {
        return node.get(property) instanceof Map<?, ?> valued ? Objects.toString(valued.get("value"), "") : "";
    }

    /** Controls in view that the tabulator key does not reach, or that do not show that they have the focus. */
    List<String> controlsThatTheKeyboardMisses() {
        script("document.activeElement.blur(); window.missed = new Set(" + FOCUSABLE + ")");
        Object count = Objects.requireNonNull(script("return window.missed.size"));
        for (int presses = ((Number) count).intValue() + 3; presses > 0; presses--) {
            press(Keys.TAB);
            script("const it = document.activeElement, look = getComputedStyle(it);if (look.outlineStyle !== 'none'"
                    + " && parseFloat(look.outlineWidth) >= 2) window.missed.delete(it)");
        }
        return ((List<?>) Objects.requireNonNull(script("return [...window.missed].map(it => it.outerHTML)")))
                .stream().map(Object::toString).toList();
    }

    /** Waits until nothing is wider than the window, which charts are until they have noticed that it has changed. */
    void awaitNoSidewaysScrolling() {
        await("nothing wider than the window")
                .atMost(PATIENCE)
                .until(() -> Boolean.TRUE.equals(
                        script("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")));
    }

    /** Writes a picture of what is in view. */
    void picture(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What the browser has complained about since it was last asked. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::toString)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
