package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.RawTarget.Connection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Whatever a target sends, the next request gets a response of its own, and no client sees two where there is one. */
class ResponseSmugglingTest {
    private static final String CLOSE = "{close}";

    @Test
    void no_form_becomes_the_response_to_another_request() throws Exception {
        List<SmugglingForm> forms = SmugglingForm.read("smuggling-responses.txt");
        assertThat(forms.stream().map(SmugglingForm::bytes).distinct())
                .hasSameSizeAs(forms)
                .hasSizeGreaterThan(30);
        Map<String, SmugglingForm> byPath =
                forms.stream().collect(Collectors.toMap(form -> "/" + forms.indexOf(form), Function.identity()));
        SoftAssertions softly = new SoftAssertions();
        try (RawTarget target = RawTarget.start((head, connection) -> answer(head, connection, byPath));
                Stage stage = Stage.with(builder -> builder.workerThreads(1), Stage.QUICK, target)) {
            for (Map.Entry<String, SmugglingForm> entry : byPath.entrySet()) {
                play(entry.getKey(), entry.getValue(), stage, softly);
            }
        }
        softly.assertAll();
    }

    private static void answer(String head, Connection connection, Map<String, SmugglingForm> forms)
            throws IOException {
        String path = head.split(" ")[1];
        SmugglingForm form = forms.get(path);
        if (form == null) {
            connection.write(Http.head("HTTP/1.1 200 OK", "X-Target: " + path, "Content-Length: 0"));
        } else {
            connection.write(form.bytes().replace(CLOSE, ""));
            if (form.bytes().endsWith(CLOSE)) {
                connection.close();
            }
        }
    }

    private static void play(String path, SmugglingForm form, Stage stage, SoftAssertions softly) throws Exception {
        FaultOutcome expected = new FaultOutcome(String.join(" ", form.statuses()), "", "");
        try (FaultClient client = FaultClient.connect(stage.address())) {
            client.send(get(path));
            String view = client.view(expected, get("/next"));
            softly.assertThat(view).as(form.name()).isEqualTo(expected.client());
            softly.assertThat(client.received())
                    .as(form.name())
                    .doesNotContainPattern("HTTP/1.1 (1..|204) [^\\n]*\n([^\\r]+\r\n)*Content-Length:");
            if (expected.keepsClient()) {
                softly.assertThat(client.received()).as(form.name()).contains("\r\nX-Target: /next\r\n");
            }
        }
        RawClient.Response another = RawClient.exchange(stage.address(), get("/another"));
        softly.assertThat(another.field("X-Target")).as(form.name()).isEqualTo("/another");
    }

    private static String get(String path) {
        return Http.head("GET " + path + " HTTP/1.1", "Host: a");
    }
}
