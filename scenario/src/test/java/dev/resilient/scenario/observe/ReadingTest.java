package dev.resilient.scenario.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTest {
    private static final String METADATA =
            ",\"Metadata\":{\"InstanceId\":\"i-1\",\"AvailabilityZone\":\"us-west-2b\"}}";
    private static final String BOOK = "{\"ItemId\":{\"N\":\"7\"},\"Title\":{\"S\":\"Delta\"}" + METADATA;
    private static final String COLORING_BOOK =
            "{\"ItemId\":{\"N\":\"0\"},\"Title\":{\"S\":\"404 Not Found: A Coloring Book\"}" + METADATA;

    @Test
    void a_recommendation_names_who_gave_it() {
        assertThat(Reading.of(200, "", BOOK))
                .isEqualTo(new Reading(AnswerKind.RECOMMENDATION, Optional.of("i-1"), Optional.of("us-west-2b")));
    }

    @Test
    void the_static_book_is_known_by_title_and_item() {
        assertThat(Reading.of(200, "", COLORING_BOOK).kind()).isEqualTo(AnswerKind.STATIC);
        assertThat(Reading.of(200, "", COLORING_BOOK.replace("\"0\"", "\"9\"")).kind())
                .isEqualTo(AnswerKind.RECOMMENDATION);
    }

    @Test
    void a_200_with_anything_else_is_no_answer_to_be_proud_of() {
        assertThat(Reading.of(200, "", "").kind()).isEqualTo(AnswerKind.UNEXPECTED);
        assertThat(Reading.of(200, "", "<html>").kind()).isEqualTo(AnswerKind.UNEXPECTED);
        assertThat(Reading.of(200, "", "{\"Title\":{\"S\":\"Delta\"}}").kind()).isEqualTo(AnswerKind.UNEXPECTED);
    }

    /** A 502 of the service and one of the load balancer are told apart by the Server field alone. */
    @ParameterizedTest
    @CsvSource({
        "502, '',         TARGET_ERROR",
        "503, nginx,      TARGET_ERROR",
        "502, awselb/2.0, BALANCER_ERROR",
        "504, awselb/2.0, BALANCER_ERROR",
        "460, awselb/2.0, CLIENT_ERROR",
        "404, '',         CLIENT_ERROR",
        "301, '',         UNEXPECTED",
    })
    void failures_are_somebodys(int status, String server, AnswerKind kind) {
        assertThat(Reading.of(status, server, "").kind()).isEqualTo(kind);
        assertThat(kind.isServed()).isFalse();
    }
}
