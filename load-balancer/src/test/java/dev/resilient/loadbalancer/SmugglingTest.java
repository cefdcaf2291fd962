package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.target.TargetState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** No form of the corpus brings a request to a target that the client did not get an answer to, or that two readers see differently. */
class SmugglingTest {
    private static final String DECENT = Http.head("GET /decent HTTP/1.1", "Host: a", "Connection: close");

    @Test
    void every_form_is_refused_or_reaches_the_target_as_what_it_is() throws Exception {
        List<SmugglingForm> forms = SmugglingForm.read("smuggling-requests.txt");
        assertThat(forms.stream().map(SmugglingForm::bytes).distinct())
                .hasSameSizeAs(forms)
                .hasSizeGreaterThan(120);
        SoftAssertions softly = new SoftAssertions();
        try (ParsingTarget target = ParsingTarget.start();
                Stage stage = Stage.with()) {
            stage.group().register(List.of(target.as("i-0")));
            stage.awaitSome(TargetState.HEALTHY);
            for (SmugglingForm form : forms) {
                play(form, stage.address(), target, softly);
            }
            softly.assertThat(target.disagreements()).isEmpty();
        }
        softly.assertAll();
    }

    private static void play(SmugglingForm form, InetSocketAddress address, ParsingTarget target, SoftAssertions softly)
            throws IOException {
        String name = form.name();
        boolean passes = form.statuses().getLast().equals("200");
        List<String> statuses = new ArrayList<>(form.statuses());
        statuses.remove(SmugglingForm.CLOSE);
        if (passes) {
            statuses.add("200");
        }
        try (RawClient client = RawClient.connect(address)) {
            client.send(form.bytes() + DECENT);
            String responses = client.rest();
            softly.assertThat(Http.statuses(responses)).as(name).isEqualTo(statuses);
            softly.assertThat(responses.contains("\r\nConnection: close\r\n"))
                    .as(name)
                    .isTrue();
            long answers = statuses.stream().filter("200"::equals).count();
            List<String> reached = target.takeRequests();
            softly.assertThat(reached).as(name).hasSize((int) answers);
            softly.assertThat(reached.stream().anyMatch(line -> line.endsWith(" /decent")))
                    .as(name)
                    .isEqualTo(passes);
            softly.assertThat(reached.stream()
                            .filter(line -> line.endsWith(" /smuggled"))
                            .count())
                    .as(name)
                    .isEqualTo(passes ? answers - 2 : 0);
        }
    }
}
