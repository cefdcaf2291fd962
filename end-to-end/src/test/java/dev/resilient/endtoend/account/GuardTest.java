package dev.resilient.endtoend.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resilient.endtoend.Product;
import dev.resilient.scenario.Scenario;
import dev.resilient.scenario.base.AwsClients;
import dev.resilient.scenario.base.CancelledException;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvent.AlarmRaised;
import dev.resilient.scenario.event.ScenarioEvent.InstanceJudged;
import dev.resilient.scenario.guard.GuardLimits;
import dev.resilient.scenario.resource.Replacement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Guards in a real account, with the permissions of their policy and no others; the test writes what instances would. */
class GuardTest {
    private static final Path POLICY = Product.ROOT.resolve("docs/guard-policy.json");
    private static final String TABLE = "resilient-heartbeats";

    /** Much more patient than the account is fast, so that a machine that is busy replaces nobody. */
    private static final GuardLimits LIMITS = new GuardLimits(
            Duration.ofMinutes(2), Duration.ofMinutes(30), Duration.ZERO, 0.1, Duration.ofHours(2), 0.5);

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final Map<String, Boolean> failing = new ConcurrentHashMap<>();
    private final List<ScenarioEvent> events = new CopyOnWriteArrayList<>();
    private final List<Scenario> guards = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicLong beat = new AtomicLong(1);
    private Account account;
    private AwsClients aws;
    private List<String> instances;

    @BeforeEach
    void deploy() throws Exception {
        account = Account.open(folder, SmallServer.jar(folder));
        aws = account.clients(account.administrator());
        account.process(scenario -> {
            scenario.deploy();
            scenario.replaceBy(Replacement.HEARTBEAT);
            return scenario;
        });
        instances = inService();
        assertThat(instances).hasSize(3);
        start("heartbeats", this::writeHeartbeats);
    }

    @AfterEach
    void end() throws InterruptedException {
        guards.forEach(Scenario::cancel);
        ended.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        aws.close();
        account.close();
    }

    private void start(String name, Runnable task) {
        threads.add(Thread.ofVirtual().name(name).start(task));
    }

    /** Each instance in service writes all the time, and says that it works unless the test says otherwise. */
    private void writeHeartbeats() {
        try {
            do {
                for (String id : inService()) {
                    aws.dynamoDb().putItem(request -> request.tableName(TABLE)
                            .item(Map.of(
                                    "InstanceId", AttributeValue.fromS(id),
                                    "Zone", AttributeValue.fromS("a"),
                                    "Version", AttributeValue.fromS("1"),
                                    "Circuit", AttributeValue.fromS("open"),
                                    "LastGoodMillisAgo", AttributeValue.fromN("4200"),
                                    "ParametersReadMillisAgo", AttributeValue.fromN("300"),
                                    "Working", AttributeValue.fromBool(!failing.getOrDefault(id, false)),
                                    "Beat", AttributeValue.fromN(Long.toString(beat.getAndIncrement())))));
                }
            } while (!ended.await(100, TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void startGuard(String name, boolean dryRun) throws Exception {
        AwsCredentialsProvider user = guardUser(name);
        CountDownLatch ready = new CountDownLatch(1);
        start(
                name,
                () -> account.process(user, scenario -> {
                    scenario.events().subscribe(events::add);
                    guards.add(scenario);
                    ready.countDown();
                    try {
                        scenario.guard(LIMITS, name, dryRun);
                    } catch (CancelledException stopped) {
                        return scenario;
                    }
                    return scenario;
                }));
        ready.await();
    }

    private AwsCredentialsProvider guardUser(String name) throws Exception {
        String policy = new ObjectMapper().readTree(Files.readString(POLICY)).toString();
        aws.iam().createUser(request -> request.userName(name));
        aws.iam()
                .putUserPolicy(
                        request -> request.userName(name).policyName("guard").policyDocument(policy));
        var key = aws.iam().createAccessKey(request -> request.userName(name)).accessKey();
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
    }

    private List<String> inService() {
        return aws.autoScaling().describeAutoScalingGroups().autoScalingGroups().getFirst().instances().stream()
                .filter(instance -> instance.lifecycleState() == LifecycleState.IN_SERVICE)
                .map(Instance::instanceId)
                .sorted()
                .toList();
    }

    private Set<String> replaced() {
        return judged().stream()
                .filter(InstanceJudged::replaced)
                .map(InstanceJudged::instanceId)
                .collect(Collectors.toSet());
    }

    private List<InstanceJudged> judged() {
        return events.stream()
                .filter(InstanceJudged.class::isInstance)
                .map(InstanceJudged.class::cast)
                .toList();
    }

    private void awaitAlarm(String what) {
        await().atMost(LIMIT).until(() -> events.stream()
                .anyMatch(event ->
                        event instanceof AlarmRaised alarm && alarm.what().contains(what)));
    }

    @Test
    void an_instance_that_says_it_fails_is_replaced_and_the_others_stay() throws Exception {
        startGuard("guard-a", false);
        failing.put(instances.get(1), true);

        await().atMost(LIMIT)
                .until(() ->
                        !inService().contains(instances.get(1)) && inService().size() == 3);

        assertThat(inService()).contains(instances.get(0), instances.get(2));
        assertThat(replaced()).containsExactly(instances.get(1));
        assertThat(judged().getLast().why())
                .startsWith("it has said that it fails for ")
                .endsWith(
                        "; its last heartbeat: circuit open, table worked 4.2 s before, parameters read 0.3 s before");
    }

    @Test
    void of_two_guards_one_acts_and_when_it_is_gone_the_other_does() throws Exception {
        startGuard("guard-a", false);
        await().atMost(LIMIT).until(() -> holder().equals("guard-a"));
        startGuard("guard-b", false);
        guards.getFirst().cancel();
        await().atMost(LIMIT).until(() -> holder().equals("guard-b"));

        failing.put(instances.get(0), true);
        await().atMost(LIMIT).until(() -> replaced().contains(instances.get(0)));
        assertThat(replaced()).hasSize(1);
    }

    @Test
    void a_dry_run_tells_and_neither_acts_nor_needs_the_lease() throws Exception {
        startGuard("guard-a", true);
        failing.put(instances.get(2), true);

        await().atMost(LIMIT).until(() -> judged().stream()
                .anyMatch(judgement -> judgement.why().startsWith("it has said that it fails for ")
                        && !judgement.why().contains("only")));

        assertThat(replaced()).isEmpty();
        assertThat(inService()).isEqualTo(instances);
        assertThat(holder()).isEmpty();
    }

    @Test
    void nobody_is_replaced_when_two_of_three_fail_and_the_alarm_says_why() throws Exception {
        startGuard("guard-a", false);
        failing.put(instances.get(0), true);
        failing.put(instances.get(1), true);

        awaitAlarm("2 of 3 do not work, so the cause must be one that they share");

        assertThat(inService()).isEqualTo(instances);
    }

    @Test
    void a_table_that_the_guard_cannot_read_replaces_nobody_and_raises_the_alarm() throws Exception {
        startGuard("guard-a", false);
        await().atMost(LIMIT).until(() -> holder().equals("guard-a"));
        aws.iam()
                .putUserPolicy(request ->
                        request.userName("guard-a").policyName("no-table").policyDocument("""
                            {"Version": "2012-10-17", "Statement":
                              {"Effect": "Deny", "Action": "dynamodb:*", "Resource": "*"}}\
                            """));
        failing.put(instances.get(0), true);

        awaitAlarm("the guard cannot look, and replaces nobody: ");

        assertThat(inService()).isEqualTo(instances);
        assertThat(replaced()).isEmpty();
    }

    private String holder() {
        AttributeValue holder = aws.dynamoDb()
                .getItem(request -> request.tableName(TABLE)
                        .key(Map.of("InstanceId", AttributeValue.fromS("guard-lease")))
                        .consistentRead(true))
                .item()
                .get("Holder");
        return holder == null ? "" : holder.s();
    }
}
