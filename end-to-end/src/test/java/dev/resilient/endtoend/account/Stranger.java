package dev.resilient.endtoend.account;

import dev.resilient.scenario.base.AwsClients;
import java.util.function.Function;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Something of somebody else that has the name of something of the deployment. */
enum Stranger {
    TABLE(aws -> {
        String name = "resilient-recommendations";
        aws.dynamoDb().createTable(request -> request.tableName(name)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("key")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("key")
                        .keyType(KeyType.HASH)
                        .build())
                .billingMode(BillingMode.PAY_PER_REQUEST));
        aws.dynamoDb().waiter().waitUntilTableExists(request -> request.tableName(name));
        return name;
    }),
    PARAMETER(aws -> {
        String name = "resilient-table";
        aws.ssm()
                .putParameter(
                        request -> request.name(name).type(ParameterType.STRING).value("mine"));
        return name;
    }),
    BUCKET(aws -> {
        String name = "resilient-" + aws.account().id() + "-us-west-2";
        aws.s3().createBucket(request -> request.bucket(name)
                .createBucketConfiguration(where -> where.locationConstraint("us-west-2")));
        aws.s3().putObject(request -> request.bucket(name).key("letter"), RequestBody.fromString("mine"));
        return name;
    }),
    POLICY(aws -> aws.iam()
            .createPolicy(request ->
                    request.policyName("resilient-instance-us-west-2").policyDocument("""
                        {"Version": "2012-10-17",
                         "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}\
                        """))
            .policy()
            .policyName()),
    ROLE(aws -> aws.iam()
            .createRole(
                    request -> request.roleName("resilient-instance-us-west-2").assumeRolePolicyDocument("""
                        {"Version": "2012-10-17",
                         "Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"},
                                       "Action": "sts:AssumeRole"}}\
                        """))
            .role()
            .roleName()),
    INSTANCE_PROFILE(aws -> aws.iam()
            .createInstanceProfile(request -> request.instanceProfileName("resilient-instance-us-west-2"))
            .instanceProfile()
            .instanceProfileName()),
    SECURITY_GROUP(aws -> {
        String name = "resilient-balancer";
        aws.ec2().createSecurityGroup(request -> request.groupName(name)
                .description("mine")
                .vpcId(subnet(aws).vpcId()));
        return name;
    }),
    LAUNCH_TEMPLATE(aws -> template(aws, "resilient-instance")),
    GROUP(aws -> {
        String name = "resilient-group";
        String template = template(aws, "mine");
        aws.autoScaling().createAutoScalingGroup(request -> request.autoScalingGroupName(name)
                .launchTemplate(used -> used.launchTemplateName(template))
                .minSize(0)
                .maxSize(0)
                .vpcZoneIdentifier(subnet(aws).subnetId()));
        return name;
    }),
    TARGET_GROUP(aws -> {
        String name = "resilient-targets";
        aws.loadBalancing().createTargetGroup(request -> request.name(name)
                .protocol("HTTP")
                .port(80)
                .vpcId(subnet(aws).vpcId()));
        return name;
    }),
    LOAD_BALANCER(aws -> {
        String name = "resilient-balancer";
        aws.loadBalancing().createLoadBalancer(request -> request.name(name)
                .subnets(aws.ec2().describeSubnets().subnets().stream()
                        .map(Subnet::subnetId)
                        .toList()));
        return name;
    });

    @SuppressWarnings("ImmutableEnumChecker") // functions that remember nothing
    private final Function<AwsClients, String> maker;

    Stranger(Function<AwsClients, String> maker) {
        this.maker = maker;
    }

    /** Makes it, and tells its name. */
    String make(AwsClients aws) {
        return maker.apply(aws);
    }

    private static Subnet subnet(AwsClients aws) {
        return aws.ec2().describeSubnets().subnets().getFirst();
    }

    private static String template(AwsClients aws, String name) {
        aws.ec2().createLaunchTemplate(request -> request.launchTemplateName(name)
                .launchTemplateData(data -> data.imageId(aws.ssm()
                                .getParameter(image -> image.name(
                                        "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"))
                                .parameter()
                                .value())
                        .instanceType("t3.micro")));
        return name;
    }
}
