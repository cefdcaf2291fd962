package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.TestContext;
import dev.resilient.testing.ManualTime;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** An empty account, and in short words what tests do in it as its administrator. */
final class IamStage {
    static final String TRUST = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\","
            + " \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}}";
    static final String READ = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\","
            + " \"Action\": \"ssm:Get*\", \"Resource\": \"*\"}}";
    static final String READ_ARN = "arn:aws:iam::123456789012:policy/read";
    static final String SSM_CORE = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

    final DirectIam direct = new DirectIam(TestContext.at(new ManualTime()));
    final IamClient iam = direct.client(direct.administrator);

    Role createRole(String name) {
        return iam.createRole(CreateRoleRequest.builder()
                        .roleName(name)
                        .assumeRolePolicyDocument(TRUST)
                        .build())
                .role();
    }

    Role getRole(String name) {
        return iam.getRole(GetRoleRequest.builder().roleName(name).build()).role();
    }

    String createPolicy(String name) {
        return iam.createPolicy(CreatePolicyRequest.builder()
                        .policyName(name)
                        .policyDocument(READ)
                        .build())
                .policy()
                .arn();
    }

    void attach(String role, String policyArn) {
        iam.attachRolePolicy(AttachRolePolicyRequest.builder()
                .roleName(role)
                .policyArn(policyArn)
                .build());
    }

    void detach(String role, String policyArn) {
        iam.detachRolePolicy(DetachRolePolicyRequest.builder()
                .roleName(role)
                .policyArn(policyArn)
                .build());
    }

    void putInline(String role, String name) {
        iam.putRolePolicy(PutRolePolicyRequest.builder()
                .roleName(role)
                .policyName(name)
                .policyDocument(READ)
                .build());
    }

    void createProfile(String name) {
        iam.createInstanceProfile(
                CreateInstanceProfileRequest.builder().instanceProfileName(name).build());
    }

    void addRole(String profile, String role) {
        iam.addRoleToInstanceProfile(AddRoleToInstanceProfileRequest.builder()
                .instanceProfileName(profile)
                .roleName(role)
                .build());
    }

    void removeRole(String profile, String role) {
        iam.removeRoleFromInstanceProfile(RemoveRoleFromInstanceProfileRequest.builder()
                .instanceProfileName(profile)
                .roleName(role)
                .build());
    }

    static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
