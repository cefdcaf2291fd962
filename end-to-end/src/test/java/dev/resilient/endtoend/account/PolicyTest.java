package dev.resilient.endtoend.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resilient.endtoend.Product;
import dev.resilient.scenario.Scenario;
import dev.resilient.scenario.base.AwsClients;
import dev.resilient.scenario.base.MissingPermission;
import dev.resilient.scenario.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The policy in the documents is what a user of an account needs: with all of it everything works, without any part it is told. */
class PolicyTest {
    private static final Path POLICY = Product.ROOT.resolve("docs/deployer-policy.json");

    /**
     * AWS asks for these where the local cloud does not, or a denial does not say for what, as that of a launch template: only the
     * plan misses them by name.
     */
    private static final Set<String> NAMED_BY_THE_PLAN_ONLY =
            Set.of("CheckQuotas", "Instances", "RolesOfServices", "TagsOfEc2");

    /** Only drills, and phases about guards, need these. */
    private static final Set<String> FOR_DRILLS = Set.of("Commands", "Guard");

    /** Without it nothing fails, and the plan says that it does not know. */
    private static final String OPTIONAL = "CheckPermissions";

    @TempDir
    private Path folder;

    @Test
    void with_the_policy_everything_works_and_nothing_is_missing() throws Exception {
        try (Account account = Account.open(folder, Act.DEMONSTRATE.serverJar(folder))) {
            AwsCredentialsProvider user = userWith(account, "everything", policy());

            assertThat(account.process(user, Scenario::plan).notes())
                    .noneMatch(note -> note.contains("missing") || note.contains("not checked"));
            account.process(user, scenario -> {
                scenario.deploy();
                return Act.DEMONSTRATE.play(scenario);
            });

            assertThat(account.process(user, Scenario::destroy)).isEmpty();
        }
    }

    @Test
    void without_any_one_statement_it_is_told_what_is_missing_and_nothing_is_left() throws Exception {
        try (Account account = Account.open(folder, SmallServer.jar(folder))) {
            List<String> wrong = new ArrayList<>();
            for (JsonNode statement : policy().path("Statement")) {
                String sid = statement.path("Sid").textValue();
                AwsCredentialsProvider user = userWith(account, sid, policyWithout(sid));
                Set<String> before = account.contents();

                String planned = planned(account, user);
                MissingPermission denied =
                        catchThrowableOfType(MissingPermission.class, () -> account.process(user, Scenario::deploy));

                if (sid.equals(OPTIONAL) ? !planned.contains("was not checked") : !names(statement, planned)) {
                    wrong.add(sid + " is not missed by the plan: " + planned);
                }
                if (sid.equals(OPTIONAL) || NAMED_BY_THE_PLAN_ONLY.contains(sid) || FOR_DRILLS.contains(sid)) {
                    account.process(Scenario::destroy);
                } else if (denied == null || !names(statement, denied.getMessage())) {
                    wrong.add(sid + " is not missed: " + denied);
                }
                Set<String> left = new TreeSet<>(account.contents());
                left.removeAll(before);
                left.forEach(thing -> wrong.add(sid + " leaves " + thing));
            }
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void the_program_checks_what_the_document_says() throws IOException {
        assertThat(Product.ROOT.resolve("scenario/src/main/resources/dev/resilient/scenario/plan/deployer-policy.json"))
                .hasSameTextualContentAs(POLICY);
    }

    /** What the plan says of permissions, or why there is none. */
    private static String planned(Account account, AwsCredentialsProvider user) {
        try {
            Plan plan = account.process(user, Scenario::plan);
            return String.join(" ", plan.notes());
        } catch (MissingPermission missing) {
            return missing.getMessage();
        }
    }

    /** Whether the sentence names an action of the statement, which may be a pattern. */
    private static boolean names(JsonNode statement, String sentence) {
        JsonNode actions = statement.path("Action");
        return Stream.concat(actions.valueStream(), Stream.of(actions))
                .filter(JsonNode::isTextual)
                .anyMatch(action -> sentence.contains(action.textValue().replace("*", "")));
    }

    private static ObjectNode policy() throws IOException {
        return (ObjectNode) new ObjectMapper().readTree(Files.readString(POLICY));
    }

    private static ObjectNode policyWithout(String sid) throws IOException {
        ObjectNode policy = policy();
        policy.withArray("Statement")
                .removeIf(statement -> statement.path("Sid").textValue().equals(sid));
        return policy;
    }

    private static AwsCredentialsProvider userWith(Account account, String name, ObjectNode policy) {
        try (AwsClients administrator = account.clients(account.administrator())) {
            var iam = administrator.iam();
            iam.createUser(request -> request.userName(name));
            String arn = iam.createPolicy(
                            request -> request.policyName("deployer-" + name).policyDocument(policy.toString()))
                    .policy()
                    .arn();
            iam.attachUserPolicy(request -> request.userName(name).policyArn(arn));
            var key = iam.createAccessKey(request -> request.userName(name)).accessKey();
            return StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
        }
    }
}
