package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import java.util.Arrays;
import java.util.List;

/** The policies of a deployment's instances, with the ARNs of what is theirs. */
public record AccessDocuments(Environment environment) {

    /** What a server needs: the tables, the parameters and its jar. */
    String ofServers() {
        return PolicyDocuments.ofServers(
                tableArn(), heartbeatsArn(), parameterArns(), new ServerArtifact(environment).arnOfServers());
    }

    /** The parameters and the heartbeats, and nothing else. */
    String ofParametersOnly() {
        return PolicyDocuments.ofParametersOnly(heartbeatsArn(), parameterArns());
    }

    /** What a guard beside a server needs. */
    String ofGuards() {
        String group =
                "autoScalingGroup:*:autoScalingGroupName/" + environment.names().group();
        return PolicyDocuments.ofGuards(
                heartbeatsArn(), arn("autoscaling", group), new ServerArtifact(environment).arnOfGuards());
    }

    /** A policy that allows to read the table with the recommendations. */
    public String ofReaders() {
        return PolicyDocuments.ofReaders(tableArn());
    }

    private String tableArn() {
        return arn("dynamodb", "table/" + environment.names().table());
    }

    private String heartbeatsArn() {
        return arn("dynamodb", "table/" + environment.names().heartbeats());
    }

    private List<String> parameterArns() {
        return Arrays.stream(ServiceParameter.values())
                .map(parameter -> arn("ssm", "parameter/" + parameter.name(environment.names())))
                .toList();
    }

    private String arn(String service, String resource) {
        var account = environment.aws().account();
        return String.join(
                ":",
                "arn",
                account.partition(),
                service,
                environment.deployment().region().id(),
                account.id(),
                resource);
    }
}
