package dev.resilient.loadbalancer.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.loadbalancer.target.RoutingAlgorithm;
import dev.resilient.loadbalancer.target.Stickiness;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes back to whom. The algorithm would send every request to another target. */
class StickinessTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private final Scene scene = scene(new Stickiness.LoadBalancerCookie(HOUR));
    private final Scene applications = scene(new Stickiness.ApplicationCookie("SESSION", HOUR));

    private static Scene scene(Stickiness stickiness) {
        return new Scene(Scene.SETTINGS.withStickiness(stickiness))
                .with("one", "two", "three")
                .healthy("one", "two", "three");
    }

    private static Choice choose(Scene scene, String... fields) {
        return Objects.requireNonNull(scene.rotation.choose(Scene.request(fields), null));
    }

    private static String id(Choice choice) {
        return choice.routed().target().id();
    }

    /** The value of a cookie that a choice sets. */
    private static String value(Choice choice, String name, String... responseFields) {
        return choice.cookies()
                .lines(Scene.response(responseFields))
                .lines()
                .filter(line -> line.startsWith("Set-Cookie: " + name + "="))
                .map(line -> line.substring(line.indexOf('=') + 1, line.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void without_stickiness_there_are_no_cookies() {
        assertThat(choose(scene(new Stickiness.None())).cookies().lines(Scene.response()))
                .isEmpty();
    }

    @Test
    void the_cookies_are_those_of_an_application_load_balancer() {
        Choice choice = choose(scene);
        String value = value(choice, "AWSALB");
        String aWeekLater = "; Expires=Thu, 08 Jan 2026 12:00:00 GMT; Path=/";
        String lines = choice.cookies().lines(Scene.response());
        assertThat(lines.lines().map(line -> line.replaceFirst("=[A-Za-z0-9+/=]+;", "=V;")))
                .containsExactly(
                        "Set-Cookie: AWSALB=V" + aWeekLater,
                        "Set-Cookie: AWSALBCORS=V" + aWeekLater + "; SameSite=None");
        assertThat(lines).endsWith("\r\n").doesNotContain("\r\n\r\n");
        assertThat(value).doesNotContain("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cookie: AWSALB=%s", "Cookie: a=b; AWSALBCORS=%s; c=d", "cookie:AWSALBTG=x;AWSALB=%s"})
    void a_client_comes_back_to_its_target(String field) {
        Choice first = choose(scene);
        String cookie = field.formatted(value(first, "AWSALB"));
        for (int i = 0; i < 4; i++) {
            assertThat(id(choose(scene, cookie))).isEqualTo(id(first));
        }
    }

    @Test
    void the_cookie_for_other_sites_takes_precedence() {
        Choice first = choose(scene);
        Choice second = choose(scene);
        assertThat(id(choose(
                        scene,
                        "Cookie: AWSALB=" + value(first, "AWSALB") + "; AWSALBCORS=" + value(second, "AWSALBCORS"))))
                .isEqualTo(id(second))
                .isNotEqualTo(id(first));
    }

    @Test
    void a_session_lasts_while_the_client_comes_again_within_its_duration() {
        Choice choice = choose(scene);
        String had = id(choice);
        for (int i = 0; i < 3; i++) {
            scene.owner.advance(HOUR.minusSeconds(1));
            choice = choose(scene, "Cookie: AWSALB=" + value(choice, "AWSALB"));
            assertThat(id(choice)).isEqualTo(had);
        }
        String last = "Cookie: AWSALB=" + value(choice, "AWSALB");
        scene.owner.advance(HOUR);
        assertThat(List.of(id(choose(scene, last)), id(choose(scene, last)), id(choose(scene, last))))
                .as("all take turns again")
                .doesNotHaveDuplicates();
    }

    @Test
    void a_cookie_that_cannot_be_read_is_one_that_is_not_there() {
        Scene other = scene(new Stickiness.LoadBalancerCookie(HOUR));
        for (String value : List.of("", "nonsense", value(choose(other), "AWSALB"))) {
            String cookie = "Cookie: AWSALB=" + value;
            assertThat(List.of(id(choose(scene, cookie)), id(choose(scene, cookie)), id(choose(scene, cookie))))
                    .doesNotHaveDuplicates();
            assertThat(value(choose(scene, cookie), "AWSALB")).isNotEmpty();
        }
    }

    @Test
    void a_cookie_of_another_group_of_the_same_balancer_counts_for_nothing() {
        Rotation other = new Rotation("other", scene.rotation.settings());
        other.use(scene.owner);
        other.register(List.of(Scene.target("one"), Scene.target("two"), Scene.target("three")));
        String cookie = "Cookie: AWSALB=" + value(choose(scene), "AWSALB");
        assertThat(List.of(1, 2, 3).stream()
                        .map(i -> id(Objects.requireNonNull(other.choose(Scene.request(cookie), null))))
                        .distinct())
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unhealthy", "draining", "gone"})
    void a_client_whose_target_cannot_serve_it_gets_another_one_and_a_cookie_for_that(String fate) {
        Choice first = choose(scene);
        String had = id(first);
        if (fate.equals("unhealthy")) {
            scene.unhealthy(had);
        } else {
            scene.rotation.deregister(List.of(Scene.target(had)));
        }
        if (fate.equals("gone")) {
            scene.owner.advance(Duration.ofMinutes(5));
        }
        Choice second = choose(scene, "Cookie: AWSALB=" + value(first, "AWSALB"));
        assertThat(id(second)).isNotEqualTo(had);
        scene.with(had).healthy(had);
        assertThat(id(choose(scene, "Cookie: AWSALB=" + value(second, "AWSALB"))))
                .isEqualTo(id(second));
    }

    @Test
    void an_application_cookie_begins_a_session_when_the_target_sets_it() {
        Choice first = choose(applications);
        assertThat(first.cookies().lines(Scene.response("Set-Cookie: OTHER=1"))).isEmpty();
        String lines = first.cookies().lines(Scene.response("Set-Cookie: SESSION=1; Path=/"));
        assertThat(lines)
                .matches("Set-Cookie: AWSALBAPP-0=[A-Za-z0-9+/=]+; Expires=Thu, 01 Jan 2026 13:00:00 GMT; Path=/\r\n");
        String cookie = "Cookie: SESSION=1; AWSALBAPP-0=" + value(first, "AWSALBAPP-0", "Set-Cookie: SESSION=1");
        for (int i = 0; i < 3; i++) {
            assertThat(id(choose(applications, cookie))).isEqualTo(id(first));
        }
        assertThat(choose(applications, cookie).cookies().lines(Scene.response()))
                .isEmpty();
        applications.owner.advance(HOUR);
        assertThat(id(choose(applications, cookie))).isNotEqualTo(id(choose(applications, cookie)));
    }

    @Test
    void an_application_session_ends_with_the_applications_cookie() {
        String cookie = "Cookie: AWSALBAPP-0=" + value(choose(applications), "AWSALBAPP-0", "Set-Cookie: SESSION=1");
        assertThat(id(choose(applications, cookie))).isNotEqualTo(id(choose(applications, cookie)));
    }

    @Test
    void an_application_session_moves_to_another_target_when_its_own_fails() {
        Choice first = choose(applications);
        String cookie = "Cookie: SESSION=1; AWSALBAPP-0=" + value(first, "AWSALBAPP-0", "Set-Cookie: SESSION=1");
        applications.unhealthy(id(first));
        Choice second = choose(applications, cookie);
        assertThat(id(second)).isNotEqualTo(id(first));
        String moved = "Cookie: SESSION=1; AWSALBAPP-0=" + value(second, "AWSALBAPP-0");
        assertThat(id(choose(applications, moved))).isEqualTo(id(second));
    }

    @Test
    void stickiness_that_cannot_be_is_refused() {
        Stickiness sticky = new Stickiness.LoadBalancerCookie(HOUR);
        TargetGroupSettings settings = TargetGroupSettings.DEFAULT;
        assertThatThrownBy(() -> settings.withCrossZone(false).withStickiness(sticky))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cross-zone");
        assertThatThrownBy(
                        () -> settings.withStickiness(sticky).withAlgorithm(new RoutingAlgorithm.WeightedRandom(true)))
                .hasMessageContaining("weighted_random");
        assertThatThrownBy(() -> new Stickiness.LoadBalancerCookie(Duration.ofMillis(999)))
                .hasMessageContaining("1 s to 7 days");
        assertThatThrownBy(() -> new Stickiness.ApplicationCookie("a", Duration.ofDays(8)))
                .hasMessageContaining("1 s to 7 days");
        for (String name : List.of("", "AWSALB", "AWSALBAPP", "AWSALBTGx", "a b", "a=b", "a;b")) {
            assertThatThrownBy(() -> new Stickiness.ApplicationCookie(name, HOUR))
                    .hasMessageContaining("'" + name + "'");
        }
    }
}
