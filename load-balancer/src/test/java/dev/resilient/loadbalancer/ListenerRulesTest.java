package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.loadbalancer.RawTarget.Script;
import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.Exchange;
import dev.resilient.loadbalancer.target.TargetReason;
import dev.resilient.loadbalancer.target.TargetStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rule a request comes to, and what is done with it then. */
class ListenerRulesTest {

    @ParameterizedTest
    @CsvSource({
        "/, a.example.com, 0, default",
        "/img/a.png, a.example.com, 10, images",
        "/img/a.png?size=1, a.example.com, 10, images",
        "/IMG/a.png, a.example.com, 0, default",
        "/img/a.png, API.example.com, 5, api",
        "/img/a.png, api.example.com:8080, 5, api",
        "/admin, admin.example.com, 20, admin",
        "/admin, other.example.com, 0, default",
        "/?p=/img/a.png, a.example.com, 0, default",
        "http://api.example.com/, a.example.com, 5, api"
    })
    void the_first_rule_whose_conditions_all_hold_decides(String uri, String host, int priority, String body)
            throws Exception {
        try (Stage stage = Stage.with()) {
            stage.listener().setDefaultAction(saying("default"));
            stage.listener()
                    .setRules(List.of(
                            new Rule(
                                    20,
                                    List.of(new Condition.Host("admin.*"), new Condition.Path("/admin")),
                                    saying("admin")),
                            new Rule(10, List.of(new Condition.Path("/favicon.ico", "/img/*")), saying("images")),
                            new Rule(5, List.of(new Condition.Host("api.example.com")), saying("api"))));
            assertThat(stage.listener().rules()).extracting(Rule::priority).containsExactly(5, 10, 20);

            assertThat(get(stage, uri, host).body()).isEqualTo(body);
            Exchange.Decision decision = stage.exchange().decision().orElseThrow();
            assertThat(decision.rulePriority()).isEqualTo(priority);
            int tried = priority == 5 ? 1 : priority == 10 ? 2 : 3;
            assertThat(decision.rulesEvaluated()).isEqualTo(tried);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 'X-Beta: YES', field",
        "GET, /, 'x-beta: no', default",
        "GET, /, 'X-Beta: no\r\nX-Beta: yes', field",
        "PUT, /, 'A: b', method",
        "put, /, 'A: b', default",
        "GET, /?Mode=DARKER&x=1, 'A: b', query",
        "GET, /?x=1&mode=dark, 'A: b', query",
        "GET, /?mode=d, 'A: b', default",
        "GET, /mode=dark, 'A: b', default",
        "GET, /?any=a*b, 'A: b', query",
        "GET, /?a*b, 'A: b', query",
        "GET, /?any=aab, 'A: b', default",
        "GET, /near, 'A: b', near",
        "GET, /far, 'X-Forwarded-For: 10.1.1.1', default"
    })
    void conditions_look_at_fields_method_query_and_source(String method, String uri, String field, String body)
            throws Exception {
        try (Stage stage = Stage.with()) {
            stage.listener().setDefaultAction(saying("default"));
            Condition.Parameter dark = new Condition.Parameter(Optional.of("mode"), "dark*");
            Condition.Parameter star = new Condition.Parameter(Optional.empty(), "a\\*b");
            stage.listener()
                    .setRules(List.of(
                            new Rule(1, List.of(new Condition.Header("X-BETA", List.of("yes"))), saying("field")),
                            new Rule(2, List.of(new Condition.Method(List.of("PUT", "PATCH"))), saying("method")),
                            new Rule(3, List.of(new Condition.Query(List.of(dark, star))), saying("query")),
                            new Rule(
                                    4,
                                    List.of(
                                            new Condition.Path("/near"),
                                            new Condition.Source(List.of("::1/128", "127.0.0.0/8"))),
                                    saying("near")),
                            new Rule(5, List.of(new Condition.Source(List.of("10.0.0.0/8"))), saying("far"))));
            String request = Http.head(method + " " + uri + " HTTP/1.1", "Host: a", field);
            assertThat(RawClient.exchange(stage.address(), request).body()).isEqualTo(body);
        }
    }

    @Test
    void a_request_that_cannot_be_read_comes_to_no_rule() throws Exception {
        try (Stage stage = Stage.with()) {
            RawClient.exchange(stage.address(), "nonsense\r\n\r\n");
            assertThat(stage.exchange().rulePriority()).isEmpty();
        }
    }

    @Test
    void rules_change_for_the_next_request_on_a_connection_that_exists() throws Exception {
        try (Stage stage = Stage.with();
                RawClient client = RawClient.connect(stage.address())) {
            stage.listener().setDefaultAction(saying("before"));
            assertThat(client.send(Http.get()).response().body()).isEqualTo("before");
            stage.listener().setRules(List.of(new Rule(1, List.of(new Condition.Path("*")), saying("after"))));
            assertThat(client.send(Http.get()).response().body()).isEqualTo("after");
            stage.listener().setRules(List.of());
            assertThat(client.send(Http.get()).response().body()).isEqualTo("before");
        }
    }

    @Test
    void rules_that_are_refused_change_nothing() throws Exception {
        try (Stage stage = Stage.with();
                Stage other = Stage.with()) {
            TargetGroup free = new TargetGroup("free", Stage.QUICK);
            Rule kept = new Rule(1, List.of(new Condition.Path("/kept")), saying("kept"));
            stage.listener().setRules(List.of(kept));

            Rule same = new Rule(1, List.of(new Condition.Path("/same")), saying("same"));
            assertThatThrownBy(() -> stage.listener().setRules(List.of(kept, same)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("two rules have the priority 1");
            Rule foreign = new Rule(
                    2,
                    List.of(new Condition.Path("/foreign")),
                    new Action.Forward(
                            List.of(new WeightedGroup(free, 1), new WeightedGroup(other.group(), 1)),
                            Optional.empty()));
            assertThatThrownBy(() -> stage.listener().setRules(List.of(foreign)))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(stage.listener().rules()).containsExactly(kept);
            assertThat(get(stage, "/kept", "a").body()).isEqualTo("kept");
            other.listener().setDefaultAction(new Action.Forward(free));
        }
    }

    @Test
    void a_group_is_in_use_for_as_long_as_a_rule_forwards_to_it() throws Exception {
        TargetGroup group = new TargetGroup("by rule", Stage.QUICK);
        try (RawTarget target = RawTarget.start(Script.body("by rule"));
                Stage stage = Stage.with()) {
            group.register(List.of(target.as("i-0")));
            stage.listener()
                    .setRules(List.of(new Rule(1, List.of(new Condition.Path("/a")), new Action.Forward(group))));
            target.healthCheck();
            assertThat(get(stage, "/a", "a").body()).isEqualTo("by rule");
            assertThat(get(stage, "/b", "a").status()).isEqualTo(503);

            stage.listener().setRules(List.of());
            assertThat(group.targets())
                    .extracting(TargetStatus::health)
                    .allSatisfy(health -> assertThat(health.reason()).contains(TargetReason.NOT_IN_USE));
        }
    }

    @Test
    void groups_share_requests_by_weight() throws Exception {
        TargetGroup light = new TargetGroup("light", Stage.QUICK);
        TargetGroup none = new TargetGroup("none", Stage.QUICK);
        try (RawTarget heavyTarget = RawTarget.start(Script.body("heavy"));
                RawTarget lightTarget = RawTarget.start(Script.body("light"));
                Stage stage = Stage.with(heavyTarget);
                RawClient client = RawClient.connect(stage.address())) {
            light.register(List.of(lightTarget.as("i-light")));
            stage.listener()
                    .setDefaultAction(new Action.Forward(
                            List.of(
                                    new WeightedGroup(stage.group(), 30),
                                    new WeightedGroup(none, 0),
                                    new WeightedGroup(light, 10)),
                            Optional.empty()));
            lightTarget.healthCheck();
            int lights = 0;
            for (int i = 0; i < 400; i++) {
                lights += client.send(Http.get()).response().body().equals("light") ? 1 : 0;
            }
            assertThat(lights).as("of 400 with seed 1").isBetween(70, 130);
        }
    }

    @Test
    void groups_without_weight_get_nothing() throws Exception {
        try (RawTarget target = RawTarget.start(Script.body("never"));
                Stage stage = Stage.with(target)) {
            stage.listener()
                    .setDefaultAction(
                            new Action.Forward(List.of(new WeightedGroup(stage.group(), 0)), Optional.empty()));
            assertThat(RawClient.get(stage.address()).status()).isEqualTo(503);
            assertThat(stage.exchange().reason()).contains(BalancerReason.NO_TARGETS);
        }
    }

    @Test
    void a_redirect_is_byte_for_byte_that_of_an_application_load_balancer() throws Exception {
        try (Stage stage = Stage.with()) {
            stage.listener().setDefaultAction(Action.Redirect.toHttps(301));
            RawClient.Response response = get(stage, "/a/b?c=d", "www.example.com:80");
            assertThat(response.head().replaceFirst("Date: [^\r]*", "Date: then"))
                    .isEqualTo(Http.head(
                            "HTTP/1.1 301 Moved Permanently",
                            "Server: awselb/2.0",
                            "Date: then",
                            "Content-Type: text/html",
                            "Content-Length: 134",
                            "Connection: keep-alive",
                            "Location: https://www.example.com:443/a/b?c=d"));
            assertThat(response.body()).contains("<center><h1>301 Moved Permanently</h1></center>\r\n");
            Exchange exchange = stage.exchange();
            assertThat(exchange.status()).isEqualTo(301);
            assertThat(exchange.reason()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "#{protocol}, new.#{host}, #{port}, /#{path}, #{query}, http://new.a.example:PORT/x/y?q=1",
        "#{protocol}, #{host}, #{port}, /new/#{path}, #{query}&v=2, http://a.example:PORT/new/x/y?q=1&v=2",
        "HTTPS, b.example, 8443, /#{host}/#{port}/#{path}, '', https://b.example:8443/a.example/PORT/x/y",
        "HTTP, #{host}, 80, /, #{protocol}-#{host}-#{path}, http://a.example:80/?http-a.example-x/y"
    })
    void a_redirect_puts_parts_of_the_request_into_the_url(
            String protocol, String host, String port, String path, String query, String location) throws Exception {
        try (Stage stage = Stage.with()) {
            stage.listener().setDefaultAction(new Action.Redirect(302, protocol, host, port, path, query));
            RawClient.Response response = get(stage, "/x/y?q=1", "a.example");
            assertThat(response.status()).isEqualTo(302);
            assertThat(response.field("Location"))
                    .isEqualTo(location.replace(
                            "PORT", Integer.toString(stage.address().getPort())));
        }
    }

    @Test
    void a_redirect_of_a_client_without_a_host_goes_to_the_address_it_reached() throws Exception {
        try (Stage stage = Stage.with()) {
            stage.listener().setDefaultAction(Action.Redirect.toHttps(302));
            assertThat(RawClient.exchange(stage.address(), Http.head("GET / HTTP/1.0"))
                            .field("Location"))
                    .isEqualTo("https://127.0.0.1:443/");
        }
    }

    @Test
    void a_redirect_to_a_url_of_more_than_8_KiB_is_answered_507() throws Exception {
        try (Stage stage = Stage.with()) {
            stage.listener().setDefaultAction(Action.Redirect.toHttps(301));
            assertThat(get(stage, "/" + "a".repeat(8 * 1024), "a").status()).isEqualTo(507);
            assertThat(stage.exchange().reason()).contains(BalancerReason.REDIRECT_URL_TOO_LONG);
        }
    }

    private static Action saying(String body) {
        return new Action.FixedResponse(200, "text/plain", body);
    }

    private static RawClient.Response get(Stage stage, String uri, String host) throws Exception {
        return RawClient.exchange(stage.address(), Http.head("GET " + uri + " HTTP/1.1", "Host: " + host));
    }
}
