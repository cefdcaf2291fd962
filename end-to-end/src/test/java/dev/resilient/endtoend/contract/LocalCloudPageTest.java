package dev.resilient.endtoend.contract;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.endtoend.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what {@code docs/local-cloud.md} says, with the AWS CLI alone, as a newcomer would who copies each command. */
@Tag("full")
class LocalCloudPageTest {
    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern COMMAND = Pattern.compile("^\\$ (.*(?:\n> .*)*)", Pattern.MULTILINE);

    /** An older CLI does not know the variable of the endpoint, which the page says. */
    private static final String BEGIN = """
            set -euo pipefail
            aws() { /usr/bin/aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }
            three_are_healthy() { [ "$(health | grep -c '\thealthy')" = 3 ]; }
            """;

    /** Where the page says that some seconds have passed. */
    private static final String SECONDS_LATER = "for _ in {1..60}; do three_are_healthy && break; sleep 0.5; done\n";

    @Test
    void the_page_can_be_followed(@TempDir Path home) throws Exception {
        SystemPython.require();
        String page = Files.readString(Product.ROOT.resolve("docs/local-cloud.md"));
        Path script = home.resolve("page.sh");
        Files.writeString(
                script, BEGIN + String.join("\n", commands(page.substring(0, page.indexOf("## Other clients")))));
        Product product = new Product(home);

        Process newcomer = product.start(
                List.of("bash", script.toString()),
                Map.of("PATH", Product.ROOT + ":" + System.getenv("PATH"), "LC_ALL", "C.UTF-8"));
        boolean ended = newcomer.waitFor(5, MINUTES);
        newcomer.destroyForcibly();
        String output = product.output();
        product.run("cloud", "stop", "--delete");

        assertThat(ended && newcomer.waitFor() == 0).as(output).isTrue();
    }

    private static List<String> commands(String page) {
        List<String> commands = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(page); block.find(); ) {
            String text = block.group(2);
            if (!text.startsWith("$ ")) {
                commands.add(text);
                continue;
            }
            boolean isRefused = text.contains("An error occurred");
            COMMAND.matcher(text)
                    .results()
                    .map(found -> found.group(1).replace("\n> ", "\n"))
                    .forEach(command -> {
                        commands.add("echo " + "'$ " + command.replace("'", "'\\''") + "'");
                        commands.add(isRefused ? "if " + command + "; then exit 1; fi" : awaited(command));
                    });
        }
        return commands;
    }

    private static String awaited(String command) {
        return command.equals("health") ? SECONDS_LATER + "three_are_healthy\n" + command : command;
    }
}
