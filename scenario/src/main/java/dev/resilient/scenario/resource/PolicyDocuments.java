package dev.resilient.scenario.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The policies of the instances, each as small as it can be. */
public final class PolicyDocuments {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> READ_PARAMETERS = List.of("ssm:GetParameters");
    private static final List<String> READ_TABLE =
            List.of("dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:Scan");
    /** What the agent of Systems Manager needs to take commands, out of AmazonSSMManagedInstanceCore. */
    private static final List<String> TAKE_COMMANDS = List.of(
            "ssm:UpdateInstanceInformation",
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel");

    private static final List<String> WRITE_HEARTBEATS = List.of("dynamodb:PutItem");
    private static final List<String> LOOK_AROUND = List.of(
            "autoscaling:DescribeAutoScalingGroups",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetHealth");
    private static final List<String> GUARD_HEARTBEATS =
            List.of("dynamodb:GetItem", "dynamodb:Scan", "dynamodb:UpdateItem");
    private static final List<String> READ_OBJECT = List.of("s3:GetObject");

    private PolicyDocuments() {}

    /**
     * Who may take the role: EC2, on behalf of an instance. It is called {@code ec2.amazonaws.com.cn} in China.
     *
     * @param domain of the partition, like {@code amazonaws.com}
     */
    static String trustOfInstances(String domain) {
        ObjectNode statement = JSON.objectNode().put("Effect", "Allow");
        statement.putObject("Principal").put("Service", "ec2." + domain);
        return document(statement.put("Action", "sts:AssumeRole"));
    }

    /** What every server needs: to read this table, to write heartbeats, to read these parameters and this object; and what its agent needs, to take commands. */
    static String ofServers(String tableArn, String heartbeatsArn, List<String> parameterArns, String objectArn) {
        return document(
                allow(READ_TABLE, List.of(tableArn)),
                allow(WRITE_HEARTBEATS, List.of(heartbeatsArn)),
                allow(READ_PARAMETERS, parameterArns),
                allow(READ_OBJECT, List.of(objectArn)),
                allow(TAKE_COMMANDS, List.of("*")));
    }

    /**
     * What a server is left with when its credentials are bad: the parameters, and the way to say that it cannot do its work. Not
     * even its own jar, which the instance has kept since its first boot.
     */
    static String ofParametersOnly(String heartbeatsArn, List<String> parameterArns) {
        return document(allow(READ_PARAMETERS, parameterArns), allow(WRITE_HEARTBEATS, List.of(heartbeatsArn)));
    }

    /** What a guard needs, the same as in docs/guard-policy.json, and to read its jar. */
    static String ofGuards(String heartbeatsArn, String groupArn, String objectArn) {
        return document(
                allow(LOOK_AROUND, List.of("*")),
                allow(GUARD_HEARTBEATS, List.of(heartbeatsArn)),
                allow(List.of("autoscaling:SetInstanceHealth"), List.of(groupArn)),
                allow(READ_OBJECT, List.of(objectArn)));
    }

    /** To read this table. */
    static String ofReaders(String tableArn) {
        return document(allow(READ_TABLE, List.of(tableArn)));
    }

    /** Denies these actions on everything. */
    public static String denying(List<String> actions) {
        return document(statement("Deny", actions, List.of("*")));
    }

    /** Denies everything to sessions that began before {@code then}, as IAM's own revocation of sessions does. */
    public static String revoking(Instant then) {
        ObjectNode statement = statement("Deny", List.of("*"), List.of("*"));
        statement
                .putObject("Condition")
                .putObject("DateLessThan")
                .put("aws:TokenIssueTime", then.truncatedTo(ChronoUnit.SECONDS).toString());
        return document(statement);
    }

    private static ObjectNode allow(List<String> actions, List<String> resources) {
        return statement("Allow", actions, resources);
    }

    private static ObjectNode statement(String effect, List<String> actions, List<String> resources) {
        ObjectNode statement = JSON.objectNode().put("Effect", effect);
        statement.set("Action", array(actions));
        statement.set("Resource", array(resources));
        return statement;
    }

    private static ArrayNode array(List<String> values) {
        ArrayNode array = JSON.arrayNode();
        values.forEach(array::add);
        return array;
    }

    private static String document(ObjectNode... statements) {
        ObjectNode document = JSON.objectNode().put("Version", "2012-10-17");
        document.putArray("Statement").addAll(List.of(statements));
        return document.toString();
    }
}
