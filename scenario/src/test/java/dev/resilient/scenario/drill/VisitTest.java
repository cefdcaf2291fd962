package dev.resilient.scenario.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.load.Outcome;
import dev.resilient.load.Sample;
import dev.resilient.scenario.observe.AnswerKind;
import org.junit.jupiter.api.Test;

class VisitTest {
    @Test
    void what_became_of_a_request_is_what_its_user_got() {
        assertThat(kind(new Outcome.TimeOut())).isEqualTo(AnswerKind.TIME_OUT);
        assertThat(kind(new Outcome.ConnectFailure("refused"))).isEqualTo(AnswerKind.CONNECTION_ERROR);
        assertThat(kind(new Outcome.Broken("reset"))).isEqualTo(AnswerKind.CONNECTION_ERROR);
        assertThat(kind(new Outcome.Response(502, "awselb/2.0", ""))).isEqualTo(AnswerKind.BALANCER_ERROR);
        assertThat(kind(new Outcome.Response(502, "", ""))).isEqualTo(AnswerKind.TARGET_ERROR);
    }

    @Test
    void phases_judge_it_like_any_other_answer() {
        assertThat(Visit.of(new Sample(5, 7, new Outcome.Response(502, "", "")))
                        .answer()
                        .summary())
                .isEqualTo("status 502");
        assertThat(Visit.of(new Sample(5, 7, new Outcome.Broken("reset")))
                        .answer()
                        .summary())
                .isEqualTo("no answer (reset)");
    }

    private static AnswerKind kind(Outcome outcome) {
        return Visit.of(new Sample(0, 1, outcome)).kind();
    }
}
