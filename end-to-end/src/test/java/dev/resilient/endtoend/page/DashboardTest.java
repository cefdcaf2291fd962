package dev.resilient.endtoend.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilient.endtoend.Product;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The live page of the built product, as a person uses it. */
class DashboardTest {
    private static final Pattern ADDRESS = Pattern.compile("Dashboard: (http://\\S+)");
    private static final Pattern PROCESS = Pattern.compile("process (\\d+)");
    private static final String TOKEN = "X-Resilient-Token: ";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path home;

    @TempDir
    private Path profile;

    @TempDir
    private Path secondProfile;

    private Optional<Process> running = Optional.empty();

    @AfterEach
    void end() throws InterruptedException {
        endProcess();
        new Product(home).run("cloud", "stop", "--delete");
    }

    @Test
    void each_phase_is_seen_as_it_happens_by_everybody_who_looks() throws Exception {
        Product product = new Product(home);
        URI address = start(product, "run", "--dashboard", "--pace", "20");
        try (Browser page = new Browser(profile);
                Browser second = new Browser(secondProfile)) {
            page.prefer("dark", true);
            page.open(address);
            second.open(address);
            second.size(360, 800);

            play(page, "Everything works", "All three targets are healthy");
            page.awaitText("#users-rates", "recommendations");
            goOn(page);

            play(page, "A dependency fails, and the service with it", "Every request fails with status 502");
            page.awaitText("#users-rates", "errors");
            page.awaitText("#table-text", "another one");
            second.awaitText("#story-title", "A dependency fails");
            second.awaitText("#users-rates", "errors");
            goOn(page);

            play(page, "A static answer stands in", "Every request gets the static book");
            page.awaitText("#users-rates", "static");
            page.reload();
            page.awaitText("#claims .held", "Every request gets the static book");
            page.awaitText("#count", "Phase 3 of 7");
            goOn(page);

            play(page, "One instance has bad credentials", "Requests mix recommendations");
            page.awaitText(".instance", "bad credentials");
            page.awaitText("#users-rates", "recommendations");
            page.awaitText("#users-rates", "static");
            goOn(page);

            play(page, "The health checks look deeper", "The restricted instance, and only it, is unhealthy");
            page.awaitText(".instance.unhealthy", "Target.ResponseCodeMismatch");
            page.awaitText("#balancer-text", "2 of 3 targets healthy");
            takePicture(page);
            goOn(page);

            String replaced = page.text(".instance.unhealthy .id");
            play(page, "The failing instance is replaced", "Target.DeregistrationInProgress");
            page.awaitText("#balancer-text", "3 of 3 targets healthy");
            // It is shown for as long as it drains.
            await().untilAsserted(() -> assertThat(page.text(".instance .id")).doesNotContain(replaced));
            goOn(page);

            play(
                    page,
                    "All targets are unhealthy, and the service goes on",
                    "Every request is still answered with 200");
            assertThat(page.elements("#steps .held")).hasSize(7);
            goOn(page);

            assertThat(running.orElseThrow().waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(running.orElseThrow().exitValue()).as(product.output()).isZero();
            page.awaitText("#connection", "No dashboard");
            assertThat(page.complaints()).allMatch(DashboardTest::tellsOfTheEnd);
            assertThat(second.complaints()).allMatch(DashboardTest::tellsOfTheEnd);
        }
    }

    @Tag("full")
    @Test
    void the_service_is_broken_and_repaired_on_the_page_which_outlives_the_cloud() throws Exception {
        Product product = new Product(home);
        URI address = start(product, "dashboard");
        try (Browser page = new Browser(profile)) {
            page.open(address);
            page.awaitText("#banner", "No local cloud is running.");
            page.awaitText("#banner-command", "resilient deploy");
            deploy(product, page);

            requests_are_sent(page);
            nobody_else_can_act(page, address);
            the_dependency_is_broken_and_repaired(page);
            it_is_for_everybody(page);

            killCloud(product);
            page.awaitText("#banner-title", "out of sight");
            page.awaitText("#banner-command", "resilient status");
            assertThat(product.run("cloud", "start").status()).isZero();
            page.awaitText("#connection", "Live");
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Tag("full")
    @Test
    void an_instance_is_replaced_on_the_page_which_outlives_its_own_server() throws Exception {
        Product product = new Product(home);
        URI address = start(product, "dashboard");
        try (Browser page = new Browser(profile)) {
            page.open(address);
            deploy(product, page);

            an_instance_is_spoiled_and_terminated(page);

            endProcess();
            page.awaitText("#banner", "The dashboard has ended");
            start(product, "dashboard", "--port", String.valueOf(address.getPort()));
            page.awaitText("#connection", "Live");
            page.awaitText("#go-on", "Play the demonstration");
            page.click("#go-on");
            page.click("#ask-yes");
            play(page, "Everything works", "All three targets are healthy");
            assertThat(page.complaints()).allMatch(DashboardTest::tellsOfTheEnd);
        }
    }

    private static void deploy(Product product, Browser page) {
        assertThat(product.run("deploy", "--pace", "20").status()).isZero();
        page.awaitText("#connection", "Live");
        page.awaitText("#users-rates", "recommendations");
    }

    private static void requests_are_sent(Browser page) {
        page.click("#requests");
        page.awaitText("#outcome", "10 requests were sent.");
        page.awaitText("#events", "Answer 200: recommendation, from i-");
    }

    private static void nobody_else_can_act(Browser page, URI address) throws Exception {
        Acting acting = new Acting(address);
        String token = String.valueOf(page.script("return document.querySelector('meta[name=token]').content"));

        String ours = acting.ownHost();
        String right = TOKEN + token;
        String act = "POST /acts/requests";

        assertThat(acting.status(act, ours)).isEqualTo(403);
        assertThat(acting.status(act, ours, TOKEN + "0".repeat(token.length()))).isEqualTo(403);
        assertThat(acting.status(act, ours, right, "Origin: http://elsewhere.example"))
                .isEqualTo(403);
        assertThat(acting.status(act, "Host: elsewhere.example:" + address.getPort(), right))
                .isEqualTo(403);
        assertThat(acting.status("GET /acts/requests", ours, right)).isEqualTo(404);
        assertThat(acting.status("GET /", "Host: elsewhere.example")).isEqualTo(403);
        assertThat(acting.status("GET /frames", ours, "Origin: http://elsewhere.example"))
                .isEqualTo(403);
        assertThat(acting.status("POST /acts/instances/i-00000000000000000/terminate", ours, right))
                .isEqualTo(409);
        assertThat(acting.status(act, ours, right)).isEqualTo(200);
    }

    private static void the_dependency_is_broken_and_repaired(Browser page) {
        page.click("#parameters li:nth-child(1) button");
        page.click("#ask-no");
        page.click("#parameters li:nth-child(1) button");
        page.click("#ask-yes");
        page.awaitText("#parameters", "this-is-not-a-table");
        page.awaitText("#users-rates", "errors");
        page.click("#parameters li:nth-child(2) button");
        page.awaitText("#users-rates", "static");
        page.click("#parameters li:nth-child(3) button");
        page.awaitText("#balancer-text", "it fails open");
        for (int parameter = 1; parameter <= 3; parameter++) {
            page.click("#parameters li:nth-child(" + parameter + ") button");
        }
        page.awaitText("#balancer-text", "3 of 3 targets healthy");
        page.awaitText("#parameters", "none");
    }

    private static void an_instance_is_spoiled_and_terminated(Browser page) {
        String first = page.element(".instance .id").getText();
        page.click(".instance button[aria-label^='Spoil']");
        page.click("#ask-yes");
        page.awaitText(".instance", "bad credentials");
        page.awaitText("#outcome", first + " may not read the table any more");
        page.click(".instance button[aria-label='Terminate " + first + "']");
        page.click("#ask-yes");
        page.awaitText("#events", first + " terminating");
        await("the instance is replaced").atMost(PATIENCE).untilAsserted(() -> assertThat(page.text(".instance .id"))
                .doesNotContain(first));
        page.awaitText("#balancer-text", "3 of 3 targets healthy");
    }

    /** By keyboard alone, with a name for every control, on a telephone. */
    private static void it_is_for_everybody(Browser page) {
        assertThat(page.namelessControls()).isEmpty();
        page.size(360, 800);
        page.awaitNoSidewaysScrolling();
        assertThat(page.controlsThatTheKeyboardMisses()).isEmpty();
        page.size(1280, 900);
        page.script("document.querySelector('#parameters button').focus()");
        page.press(Keys.ENTER);
        await().atMost(PATIENCE).until(page.element("#ask")::isDisplayed);
        page.press(Keys.ESCAPE);
        await().atMost(PATIENCE).until(() -> !page.element("#ask").isDisplayed());
    }

    private void play(Browser page, String title, String claim) {
        page.awaitText("#story-title", title);
        page.awaitText("#go-on", "Let it happen");
        page.click("#go-on");
        page.awaitText("#claims .held", claim);
        page.awaitText("#go-on", "Go on");
        assertThat(page.elements("#claims .open, #claims .failed")).isEmpty();
    }

    private static void goOn(Browser page) {
        page.click("#go-on");
    }

    private URI start(Product product, String... arguments) {
        running = Optional.of(product.start(arguments));
        return await("the address of the dashboard")
                .atMost(PATIENCE)
                .until(() -> addressIn(product.output()), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<URI> addressIn(String output) {
        Matcher address = ADDRESS.matcher(output);
        return address.find() ? Optional.of(URI.create(address.group(1))) : Optional.empty();
    }

    private void endProcess() throws InterruptedException {
        if (running.isPresent()) {
            running.get().destroy();
            running.get().waitFor();
        }
    }

    private static void killCloud(Product product) {
        Matcher process = PROCESS.matcher(product.run("cloud", "status").output());
        assertThat(process.find()).isTrue();
        ProcessHandle.of(Long.parseLong(process.group(1))).orElseThrow().destroyForcibly();
    }

    private static void takePicture(Browser page) {
        String folder = System.getProperty("resilient.pictures", "");
        if (!folder.isEmpty()) {
            page.size(1280, 1060);
            page.script("scrollTo(0, 0)");
            await().atMost(PATIENCE).until(() -> page.text("#outcome").isEmpty());
            page.picture(Path.of(folder, "dashboard.png"));
        }
    }

    /** The browser logs that a stream ended with the process that sent it, and so it should. */
    private static boolean tellsOfTheEnd(String complaint) {
        return complaint.contains("/frames");
    }
}
