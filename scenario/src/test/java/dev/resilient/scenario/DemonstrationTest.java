package dev.resilient.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.resilient.scenario.FakeAws.Reply;
import dev.resilient.scenario.base.CancelledException;
import dev.resilient.scenario.base.Pacing;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvent.InstanceChanged;
import dev.resilient.scenario.event.ScenarioEvent.ParameterSet;
import dev.resilient.scenario.event.ScenarioEvent.PhaseBegan;
import dev.resilient.scenario.phase.Expectation;
import dev.resilient.scenario.phase.Phase;
import dev.resilient.scenario.phase.PhaseId;
import dev.resilient.scenario.phase.Phases;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens around the phases, with a person who stops before the first. */
class DemonstrationTest {
    private static final Phase PHASE = Phases.at(new Pacing(10)).getFirst();

    private final List<ScenarioEvent> events = new CopyOnWriteArrayList<>();
    private final Set<String> instances = new TreeSet<>(Set.of("i-1", "i-2", "i-3"));
    private final List<String> undone = new ArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private String tags = "";
    private String restricted = "";
    private boolean replacing;
    private String tableParameter = "shop-recommendations";
    private final HttpServer service = service();
    private final FakeAws aws = fake();

    @BeforeEach
    void start() {
        service.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void close() {
        aws.close();
        service.stop(0);
    }

    @Test
    void a_phase_says_in_advance_what_must_become_true_and_within_what_time() {
        play(() -> {});
        PhaseBegan began = only(PhaseBegan.class);
        assertThat(began.expectations())
                .isEqualTo(PHASE.expectations()
                        .map(expectation -> new ScenarioEvent.Expected(expectation.text(), expectation.within()))
                        .toList());
        assertThat(PHASE.expectations().map(Expectation::within)).isNotEmpty();
    }

    @Test
    void what_is_left_of_an_earlier_demonstration_is_put_back_before_the_first_phase() {
        restricted = "i-2";
        tableParameter = "this-is-not-a-table";
        play(() -> {});
        assertThat(only(InstanceChanged.class).instanceId()).isEqualTo("i-2");
        assertThat(only(ParameterSet.class)).isEqualTo(new ParameterSet("shop-table", "shop-recommendations"));
        assertThat(instances).containsExactly("i-1", "i-3", "i-4");
        assertThat(events.indexOf(only(InstanceChanged.class))).isLessThan(events.indexOf(only(PhaseBegan.class)));
    }

    @Test
    void a_restricted_instance_that_the_group_is_replacing_already_is_left_to_it() {
        restricted = "i-2";
        replacing = true;
        play(() -> {});
        assertThat(only(InstanceChanged.class).instanceId()).isEqualTo("i-2");
        assertThat(instances).containsExactly("i-1", "i-3", "i-4");
        assertThat(aws.operations())
                .filteredOn("TerminateInstanceInAutoScalingGroup"::equals)
                .hasSize(2);
    }

    @Test
    void a_demonstration_that_is_stopped_puts_back_what_it_did() {
        play(() -> {
            restricted = "i-3";
            tableParameter = "this-is-not-a-table";
        });
        assertThat(instances).containsExactly("i-1", "i-2", "i-4");
        assertThat(tableParameter).isEqualTo("shop-recommendations");
    }

    @Test
    void whoever_was_chosen_replaces_instances_again_before_the_first_phase() {
        tags = tag("resilient:replace", "heartbeat") + tag("resilient:replaced-by", "elb");
        play(() -> {});
        assertThat(bodies)
                .anySatisfy(body -> assertThat(body).contains("Action=UpdateAutoScalingGroup", "HealthCheckType=EC2"));
        assertThat(bodies).anySatisfy(body -> assertThat(body)
                .contains("Action=CreateOrUpdateTags", "Value=heartbeat", "Key=resilient%3Areplaced-by"));
    }

    @Test
    void nobody_replaces_instances_in_the_phases_of_the_article_whatever_was_chosen() {
        tags = tag("resilient:replace", "heartbeat") + tag("resilient:replaced-by", "heartbeat");
        play(Phases.at(new Pacing(10)).get(1).id(), () -> {});
        assertThat(bodies.stream().filter(body -> body.contains("Action=CreateOrUpdateTags")))
                .satisfiesExactly(
                        body -> assertThat(body).contains("Value=manual", "Key=resilient%3Areplaced-by"),
                        body -> assertThat(body).contains("Value=heartbeat", "Key=resilient%3Areplaced-by"));
    }

    @Test
    void an_undisturbed_deployment_is_left_alone() {
        tags = tag("resilient:replace", "elb") + tag("resilient:replaced-by", "elb");
        play(() -> {});
        assertThat(aws.operations())
                .doesNotContain(
                        "TerminateInstanceInAutoScalingGroup",
                        "PutParameter",
                        "UpdateAutoScalingGroup",
                        "CreateOrUpdateTags");
    }

    @Test
    void what_phases_have_noted_is_undone_before_and_after() {
        play(() -> undone.add("meanwhile"));
        assertThat(undone).containsExactly("undone", "meanwhile", "undone");
    }

    private void play(Runnable meanwhile) {
        play(PHASE.id(), meanwhile);
    }

    private void play(PhaseId from, Runnable meanwhile) {
        var environment =
                new FakeEnvironment(aws, service.getAddress().getPort(), Path.of("server.jar"), events).make();
        assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> new Demonstration(
                        environment, Phases.at(new Pacing(10)), from, () -> undone.add("undone"))
                .play(new Interlude() {
                    @Override
                    public void before(Phase phase, Choices choices) {
                        meanwhile.run();
                        throw new CancelledException();
                    }
                }));
    }

    private <E extends ScenarioEvent> E only(Class<E> type) {
        List<E> found = events.stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private Reply answer(String operation, String body) {
        bodies.add(body);
        return switch (operation) {
            case "GetParameter" -> new Reply(200, "{\"Parameter\": {\"Value\": \"%s\"}}".formatted(value(body)));
            case "PutParameter" -> {
                tableParameter = "shop-recommendations";
                yield new Reply(200, "{}");
            }
            case "TerminateInstanceInAutoScalingGroup" -> {
                assertThat(body).contains("InstanceId=" + restricted, "ShouldDecrementDesiredCapacity=false");
                if (replacing) {
                    replacing = false;
                    yield new Reply(
                            400,
                            "<ErrorResponse><Error><Code>ScalingActivityInProgress</Code><Message>no</Message></Error></ErrorResponse>");
                }
                instances.remove(restricted);
                instances.add("i-4");
                restricted = "";
                yield xml(operation, "");
            }
            default -> xml(operation, content(operation));
        };
    }

    /** A parameter as it should be, but for the table's. */
    private String value(String body) {
        return body.contains("shop-table")
                ? tableParameter
                : body.contains("health") ? "shallow" : body.contains("limits") ? "on" : "none";
    }

    private String content(String operation) {
        return switch (operation) {
            case "DescribeLoadBalancers" ->
                "<LoadBalancers>"
                        + member("<LoadBalancerArn>arn:balancer</LoadBalancerArn><DNSName>127.0.0.1</DNSName>")
                        + "</LoadBalancers>";
            case "DescribeTags" ->
                "<TagDescriptions>"
                        + member("<Tags>" + member("<Key>resilient:deployment</Key><Value>shop</Value>") + "</Tags>")
                        + "</TagDescriptions>";
            case "DescribeTargetGroups" ->
                "<TargetGroups>" + member("<TargetGroupArn>arn:targets</TargetGroupArn>") + "</TargetGroups>";
            case "DescribeTargetHealth" ->
                "<TargetHealthDescriptions>"
                        + each("<Target><Id>%s</Id><Port>80</Port></Target>"
                                + "<TargetHealth><State>healthy</State></TargetHealth>")
                        + "</TargetHealthDescriptions>";
            case "DescribeAutoScalingGroups" ->
                "<AutoScalingGroups>"
                        + member("<Instances>"
                                + each("<InstanceId>%s</InstanceId><LifecycleState>InService</LifecycleState>")
                                + "</Instances><Tags>" + tags + "</Tags>")
                        + "</AutoScalingGroups>";
            case "UpdateAutoScalingGroup", "CreateOrUpdateTags" -> "";
            case "DescribeIamInstanceProfileAssociations" -> associations();
            default -> throw new AssertionError(operation);
        };
    }

    private String associations() {
        return instances.stream()
                .map(instance -> """
                    <item><associationId>a</associationId><instanceId>%s</instanceId><state>associated</state>
                      <iamInstanceProfile><arn>arn:aws:iam::1:instance-profile/shop-%s-us-west-2</arn></iamInstanceProfile>
                    </item>\
                    """.formatted(instance, instance.equals(restricted) ? "restricted" : "instance"))
                .collect(Collectors.joining(
                        "", "<iamInstanceProfileAssociationSet>", "</iamInstanceProfileAssociationSet>"));
    }

    private String each(String form) {
        return instances.stream()
                .map(instance -> member(form.formatted(instance)))
                .collect(Collectors.joining());
    }

    private static String tag(String key, String value) {
        return member("<Key>" + key + "</Key><Value>" + value + "</Value>");
    }

    private static String member(String content) {
        return "<member>" + content + "</member>";
    }

    /** The query services put their results into one more element than EC2. */
    private static Reply xml(String operation, String content) {
        boolean ofEc2 = operation.contains("InstanceProfile");
        String result = ofEc2 ? content : "<%1$sResult>%2$s</%1$sResult>".formatted(operation, content);
        return new Reply(200, "<%1$sResponse>%2$s</%1$sResponse>".formatted(operation, result));
    }

    private FakeAws fake() {
        try {
            return new FakeAws(this::answer);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static HttpServer service() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
