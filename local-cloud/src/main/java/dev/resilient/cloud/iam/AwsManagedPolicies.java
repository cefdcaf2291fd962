package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.identity.PolicyDocument;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** The policies that AWS keeps for every account, as far as the cloud has them. */
final class AwsManagedPolicies {
    static final String ARN_PREFIX = "arn:aws:iam::aws:policy/";
    static final String ADMINISTRATOR_ACCESS = ARN_PREFIX + "AdministratorAccess";

    private static final String ADMINISTRATOR_ACCESS_DOCUMENT = """
        {
          "Version": "2012-10-17",
          "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]
        }
        """;
    private static final String SSM_MANAGED_INSTANCE_CORE_DOCUMENT = """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Action": [
                "ssm:DescribeAssociation",
                "ssm:GetDeployablePatchSnapshotForInstance",
                "ssm:GetDocument",
                "ssm:DescribeDocument",
                "ssm:GetManifest",
                "ssm:GetParameter",
                "ssm:GetParameters",
                "ssm:ListAssociations",
                "ssm:ListInstanceAssociations",
                "ssm:PutInventory",
                "ssm:PutComplianceItems",
                "ssm:PutConfigurePackageResult",
                "ssm:UpdateAssociationStatus",
                "ssm:UpdateInstanceAssociationStatus",
                "ssm:UpdateInstanceInformation"
              ],
              "Resource": "*"
            },
            {
              "Effect": "Allow",
              "Action": [
                "ssmmessages:CreateControlChannel",
                "ssmmessages:CreateDataChannel",
                "ssmmessages:OpenControlChannel",
                "ssmmessages:OpenDataChannel"
              ],
              "Resource": "*"
            },
            {
              "Effect": "Allow",
              "Action": [
                "ec2messages:AcknowledgeMessage",
                "ec2messages:DeleteMessage",
                "ec2messages:FailMessage",
                "ec2messages:GetEndpoint",
                "ec2messages:GetMessages",
                "ec2messages:SendReply"
              ],
              "Resource": "*"
            }
          ]
        }
        """;

    private AwsManagedPolicies() {}

    static List<PolicyEntity> all(Ids ids) {
        return List.of(
                policy(
                        ids,
                        "AdministratorAccess",
                        "2015-02-06T18:39:46Z",
                        "Provides full access to AWS services and resources.",
                        ADMINISTRATOR_ACCESS_DOCUMENT),
                policy(
                        ids,
                        "AmazonSSMManagedInstanceCore",
                        "2019-03-15T17:22:12Z",
                        "The policy for Amazon EC2 Role to enable AWS Systems Manager service core functionality.",
                        SSM_MANAGED_INSTANCE_CORE_DOCUMENT));
    }

    private static PolicyEntity policy(Ids ids, String name, String created, String description, String document) {
        Entity entity = new Entity(
                "/",
                name,
                ids.unique(Entity.Kind.POLICY.idPrefix()),
                ARN_PREFIX + name,
                Instant.parse(created),
                new TreeMap<>());
        return new PolicyEntity(entity, description, PolicyDocument.parse(document, PolicyDocument.Kind.IDENTITY));
    }
}
