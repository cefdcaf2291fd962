package dev.resilient.scenario.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyDocumentsTest {
    private static final String TABLE = "arn:aws:dynamodb:us-west-2:123456789012:table/shop-recommendations";
    private static final String HEARTBEATS = "arn:aws:dynamodb:us-west-2:123456789012:table/shop-heartbeats";
    private static final String OBJECT = "arn:aws:s3:::shop-123456789012-us-west-2/recommendation-server-*";
    private static final List<String> PARAMETERS = List.of(
            "arn:aws:ssm:us-west-2:123456789012:parameter/shop-table",
            "arn:aws:ssm:us-west-2:123456789012:parameter/shop-failure-response");

    @Test
    void a_server_may_read_its_table_its_parameters_and_its_jar_write_heartbeats_take_commands_and_nothing_else() {
        assertThat(parsed(PolicyDocuments.ofServers(TABLE, HEARTBEATS, PARAMETERS, OBJECT)))
                .isEqualTo(parsed("""
                    {"Version": "2012-10-17", "Statement": [
                      {"Effect": "Allow",
                       "Action": ["dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:Scan"],
                       "Resource": ["%s"]},
                      {"Effect": "Allow", "Action": ["dynamodb:PutItem"], "Resource": ["%s"]},
                      {"Effect": "Allow",
                       "Action": ["ssm:GetParameters"],
                       "Resource": ["%s", "%s"]},
                      {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["%s"]},
                      {"Effect": "Allow",
                       "Action": ["ssm:UpdateInstanceInformation", "ssmmessages:CreateControlChannel",
                                  "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel",
                                  "ssmmessages:OpenDataChannel"],
                       "Resource": ["*"]}]}
                    """.formatted(TABLE, HEARTBEATS, PARAMETERS.get(0), PARAMETERS.get(1), OBJECT)));
    }

    @Test
    void a_guard_on_an_instance_may_do_what_the_document_for_guards_says_and_read_its_jar() throws Exception {
        String group = "arn:aws:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/resilient-group";
        String heartbeats = "arn:aws:dynamodb:*:*:table/resilient-heartbeats";
        JsonNode granted =
                parsed(PolicyDocuments.ofGuards(heartbeats, group, OBJECT)).path("Statement");
        JsonNode documented = parsed(Files.readString(Path.of("..", "docs", "guard-policy.json")))
                .path("Statement");
        assertThat(granted).hasSize(documented.size() + 1);
        for (int statement = 0; statement < documented.size(); statement++) {
            assertThat(texts(granted.get(statement).get("Action")))
                    .isEqualTo(texts(documented.get(statement).get("Action")));
            assertThat(texts(granted.get(statement).get("Resource")))
                    .isEqualTo(texts(documented.get(statement).get("Resource")));
        }
        assertThat(texts(granted.get(documented.size()).get("Action"))).containsExactly("s3:GetObject");
    }

    /** IAM takes one text for a list of one. */
    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        (value.isArray() ? value : List.of(value)).forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    @Test
    void a_denial_denies_these_actions_everywhere() {
        assertThat(parsed(PolicyDocuments.denying(List.of("ssm:GetParameter*"))))
                .isEqualTo(parsed("""
                    {"Version": "2012-10-17", "Statement": [
                      {"Effect": "Deny", "Action": ["ssm:GetParameter*"], "Resource": ["*"]}]}
                    """));
    }

    /** As IAM's console writes it when it revokes the sessions of a role. */
    @Test
    void a_revocation_denies_everything_to_older_sessions() {
        assertThat(parsed(PolicyDocuments.revoking(Instant.parse("2026-01-01T12:00:00.9Z"))))
                .isEqualTo(parsed("""
                    {"Version": "2012-10-17", "Statement": [
                      {"Effect": "Deny", "Action": ["*"], "Resource": ["*"],
                       "Condition": {"DateLessThan": {"aws:TokenIssueTime": "2026-01-01T12:00:00Z"}}}]}
                    """));
    }

    @Test
    void bad_credentials_leave_the_parameters_and_the_heartbeats_and_nothing_else() {
        assertThat(parsed(PolicyDocuments.ofParametersOnly(HEARTBEATS, PARAMETERS)))
                .isEqualTo(parsed("""
                    {"Version": "2012-10-17", "Statement": [
                      {"Effect": "Allow",
                       "Action": ["ssm:GetParameters"],
                       "Resource": ["%s", "%s"]},
                      {"Effect": "Allow", "Action": ["dynamodb:PutItem"], "Resource": ["%s"]}]}
                    """.formatted(PARAMETERS.get(0), PARAMETERS.get(1), HEARTBEATS)));
    }

    @Test
    void only_ec2_may_take_the_role() {
        assertThat(parsed(PolicyDocuments.trustOfInstances("amazonaws.com"))).isEqualTo(parsed("""
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
            """));
    }

    private static JsonNode parsed(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(notJson);
        }
    }
}
