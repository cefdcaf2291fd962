package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.loadbalancer.target.TargetGroupSettings;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said in a rule, and what cannot. */
class RuleTest {
    private static final Action ANSWER = new Action.FixedResponse(200, "text/plain", "");

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 50_001})
    void a_priority_is_1_to_50000(int priority) {
        assertRefused(() -> new Rule(priority, List.of(new Condition.Path("/")), ANSWER), Integer.toString(priority));
    }

    @Test
    void a_rule_has_conditions_of_different_kinds() {
        assertRefused(() -> new Rule(1, List.of(), ANSWER), "needs a condition");
        assertRefused(
                () -> new Rule(1, List.of(new Condition.Path("/a"), new Condition.Path("/b")), ANSWER),
                "at most one condition");
        assertThat(new Rule(1, List.of(new Condition.Path("/a"), new Condition.Host("a.b")), ANSWER).priority())
                .isEqualTo(1);
    }

    @Test
    void of_conditions_on_fields_and_parameters_a_rule_may_have_several() {
        Condition beta = new Condition.Header("X-Beta", List.of("yes"));
        Condition dark = new Condition.Query(List.of(new Condition.Parameter(Optional.of("mode"), "dark*")));
        assertThat(new Rule(1, List.of(beta, beta, dark, dark), ANSWER).conditions())
                .hasSize(4);
        assertRefused(
                () -> new Rule(1, Collections.nCopies(2, new Condition.Method(List.of("GET"))), ANSWER),
                "at most one condition");
        assertRefused(
                () -> new Rule(1, Collections.nCopies(2, new Condition.Source(List.of("10.0.0.0/8"))), ANSWER),
                "at most one condition");
        assertRefused(() -> new Rule(1, Collections.nCopies(6, beta), ANSWER), "not 6");
        assertRefused(() -> new Rule(1, List.of(new Condition.Header("a", List.of("******"))), ANSWER), "not 6");
        assertThat(new Condition.Query(List.of(new Condition.Parameter(Optional.of("*"), "\\*?"))).wildcards())
                .isEqualTo(2);
    }

    @Test
    void what_no_request_could_have_is_refused_by_name() {
        List<String> values = List.of("v");
        assertRefused(() -> new Condition.Header("Host", values), "host");
        assertRefused(() -> new Condition.Header("a b", values), "'a b'");
        assertRefused(() -> new Condition.Header("a".repeat(41), values), "name of a header field");
        assertRefused(() -> new Condition.Header("a", List.of("ä")), "'ä'");
        assertRefused(() -> new Condition.Method(List.of("get")), "'get'");
        assertRefused(() -> new Condition.Method(List.of("A".repeat(41))), "method");
        assertRefused(() -> new Condition.Query(List.of()), "no query pattern is given");
        assertRefused(() -> new Condition.Query(List.of(new Condition.Parameter(Optional.of("a b"), "c"))), "'a b'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.1", "10.0.0.0/33", "10.0.0.0/", "::/129", "localhost/8", "*/8", "1.2.3.4/-1"})
    void a_malformed_block_of_addresses_is_refused_by_name(String block) {
        assertRefused(() -> new Condition.Source(List.of(block)), "'" + block + "'");
    }

    @Test
    void a_rule_has_at_most_five_values_and_five_wildcards() {
        Condition host = new Condition.Host("a.b", "c.d");
        assertRefused(
                () -> new Rule(1, List.of(host, new Condition.Path("/a", "/b", "/c", "/d")), ANSWER),
                "5 condition values, not 6");
        assertRefused(
                () -> new Rule(1, List.of(new Condition.Host("*.?.b"), new Condition.Path("/*/*/??")), ANSWER),
                "5 wildcards, not 6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nodot", "a.b1", "a.", "a b.c", "a_b.c", "ä.c"})
    void a_malformed_host_pattern_is_refused_by_name(String pattern) {
        assertRefused(() -> new Condition.Host(pattern), "'" + pattern + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a b", "/ä", "/a\r\n", "/a#b", "/a%20"})
    void a_malformed_path_pattern_is_refused_by_name(String pattern) {
        assertRefused(() -> new Condition.Path(pattern), "'" + pattern + "'");
    }

    @Test
    void a_pattern_has_at_most_128_characters() {
        assertThat(new Condition.Path("/" + "a".repeat(127)).patterns()).hasSize(1);
        assertRefused(() -> new Condition.Path("/" + "a".repeat(128)), "path pattern");
        assertRefused(() -> new Condition.Host(List.of()), "no host pattern is given");
    }

    @Test
    void a_forward_action_has_one_to_five_different_groups() {
        WeightedGroup group = new WeightedGroup(new TargetGroup("g", TargetGroupSettings.DEFAULT), 1);
        assertRefused(() -> new Action.Forward(List.of(), Optional.empty()), "1 to 5");
        assertRefused(() -> new Action.Forward(Collections.nCopies(6, group), Optional.empty()), "not 6");
        assertRefused(() -> new Action.Forward(List.of(group, group), Optional.empty()), "twice");
        assertRefused(() -> new WeightedGroup(group.group(), 1000), "0 to 999");
        assertRefused(() -> new WeightedGroup(group.group(), -1), "-1");
        assertRefused(() -> new Action.Forward(List.of(group), Optional.of(Duration.ZERO)), "1 s to 7 days");
        assertRefused(() -> new Action.Forward(List.of(group), Optional.of(Duration.ofSeconds(604_801))), "7 days");
    }

    @ParameterizedTest
    @CsvSource({
        "303, HTTPS, a, 443, /, '', 303",
        "301, FTP, a, 443, /, '', FTP",
        "301, HTTPS, '', 443, /, '', host",
        "301, HTTPS, 'a b', 443, /, '', 'a b'",
        "301, HTTPS, #{path}, 443, /, '', #{path}",
        "301, HTTPS, #{nobody}, 443, /, '', #{nobody}",
        "301, HTTPS, a, 65536, /, '', 65536",
        "301, HTTPS, a, 0, /, '', port",
        "301, HTTPS, a, #{host}, /, '', port",
        "301, HTTPS, a, 443, a, '', path",
        "301, HTTPS, a, 443, /#{query}, '', #{query}",
        "302, #{protocol}, #{host}, #{port}, /#{path}, a=b, circles"
    })
    void a_redirect_that_cannot_be_is_refused_by_name(
            int status, String protocol, String host, String port, String path, String query, String named) {
        assertRefused(() -> new Action.Redirect(status, protocol, host, port, path, query), named);
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable made, String named) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(named);
    }
}
