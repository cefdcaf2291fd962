package dev.resilient.scenario.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The policies of the instances, each as small as it can be. */
final class PolicyDocuments {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> READ_PARAMETERS = List.of("ssm:GetParameters");
    private static final List<String> READ_TABLE =
            List.of("dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:Scan");
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

    /** What every server needs: to read this table, these parameters and this object. */
    static String ofServers(String tableArn, List<String> parameterArns, String objectArn) {
        return document(
                allow(READ_TABLE, List.of(tableArn)),
                allow(READ_PARAMETERS, parameterArns),
                allow(READ_OBJECT, List.of(objectArn)));
    }

    /**
     * What a server is left with when its credentials are bad: the parameters and nothing else. Not even its own jar, which the
     * instance has kept since its first boot.
     */
    static String ofParametersOnly(List<String> parameterArns) {
        return document(allow(READ_PARAMETERS, parameterArns));
    }

    private static ObjectNode allow(List<String> actions, List<String> resources) {
        ObjectNode statement = JSON.objectNode().put("Effect", "Allow");
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
