package dev.resilient.cloud;

import dev.resilient.wire.OperationRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** A whole cloud at a hundred times AWS's pace, with the SDK's clients of its administrator. */
final class CloudWithClients implements AutoCloseable {
    private static final String TRUSTS_EC2 = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\","
            + " \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}}";

    private final List<SdkAutoCloseable> clients = new ArrayList<>();
    private final LocalCloud cloud;
    final Ec2Client ec2;
    final IamClient iam;
    final SsmClient ssm;

    CloudWithClients(Path directory) {
        cloud = LocalCloud.builder().pace(100).data(directory).start();
        ec2 = client(Ec2Client.builder());
        iam = client(IamClient.builder());
        ssm = client(SsmClient.builder());
    }

    /** A role that EC2 may assume, with these managed policies, in an instance profile of the same name. */
    void createProfile(String name, String... policies) {
        iam.createRole(request -> request.roleName(name).assumeRolePolicyDocument(TRUSTS_EC2));
        for (String policy : policies) {
            iam.attachRolePolicy(request -> request.roleName(name).policyArn(policy));
        }
        iam.createInstanceProfile(request -> request.instanceProfileName(name));
        iam.addRoleToInstanceProfile(
                request -> request.instanceProfileName(name).roleName(name));
    }

    /** An instance that does nothing; pending when this returns. */
    String launch(String profile) {
        return ec2.runInstances(request -> request.imageId(image())
                        .instanceType(InstanceType.T3_MICRO)
                        .minCount(1)
                        .maxCount(1)
                        .userData(Base64.getEncoder()
                                .encodeToString("#!/bin/bash\nsleep 1000\n".getBytes(StandardCharsets.UTF_8)))
                        .iamInstanceProfile(role -> role.name(profile)))
                .instances()
                .getFirst()
                .instanceId();
    }

    /** The id of an image. */
    String image() {
        return ssm.getParameter(
                        request -> request.name("/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2"))
                .parameter()
                .value();
    }

    /** The operations that a service registers. */
    List<String> operationsOf(String signingName) {
        OperationRegistry registry = new OperationRegistry(signingName);
        cloud.services().stream()
                .filter(service -> service.model().signingName().equals(signingName))
                .forEach(service -> service.register(registry));
        return registry.names();
    }

    @Override
    public void close() {
        clients.forEach(SdkAutoCloseable::close);
        cloud.close();
    }

    /** A client of the administrator, closed with the cloud. */
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable> C client(B builder) {
        return client(
                builder,
                AwsBasicCredentials.create(
                        cloud.administrator().accessKeyId(),
                        cloud.administrator().secretAccessKey()));
    }

    /** A client of whoever has this key, closed with the cloud. */
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable> C client(
            B builder, AwsBasicCredentials key) {
        C client = builder.endpointOverride(cloud.endpoint())
                .region(Region.US_WEST_2)
                .credentialsProvider(StaticCredentialsProvider.create(key))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        clients.add(client);
        return client;
    }
}
