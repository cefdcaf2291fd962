package dev.resilient.cloud;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page that lists what the local cloud supports. */
final class OperationDocument {
    static final List<Chapter> CHAPTERS = List.of(
            new Chapter("ec2", "EC2", """
                An instance is a process tree of this machine that runs its user data: a script that begins with `#!`, or a MIME multi-part of such scripts. Image and instance type are checked and described, and change nothing about the process; types are all sizes of the families t2, t3, t3a, t4g, and of m, c and r those of generations 5 (Intel, AMD), 6 and 7 (Intel, AMD, Graviton) and 8 (Graviton), in every zone. A launch passes over block device mappings, CPU options, credit specification, EBS optimisation, maintenance options, monitoring and options of private DNS names, which mean nothing to a process; it may have one network interface, of which it honours subnet and groups, and of the placement it honours the zone. All else that would make another instance on AWS is refused by name, in a launch template too, whose versions stay as long as it does. A dry run of any operation goes as far as its first change, so that it refuses what the operation would refuse; only that a subnet has no free address left is found by nothing but the launch. A key pair is a real one, of RSA, whose public half an instance finds in its metadata; nobody logs in to an instance. There is one default VPC with a subnet in each zone, in 127.31.0.0/16, and no other can be made; host names in it are not resolved. Of an instance's attributes, its groups, its user data and its protection from termination can be changed. Security groups decide who may open a connection to a load balancer and whom that may reach; nothing keeps instances from each other or from this machine.\
                """),
            new Chapter("autoscaling", "Auto Scaling", """
                Groups launch from launch templates, which whoever names one must be allowed to launch instances from, and replace instances by the health checks of EC2 and of load balancers or by what `SetInstanceHealth` says; the health check types `EBS` and `VPC_LATTICE` are refused. Lifecycle hooks notify nobody: a target for notifications is refused, and an action is completed by the id of its instance. An instance of which EC2 knows nothing any more, as after a kill of the cloud, leaves its group without waiting for a hook, from standby too. Instance refreshes replace whole instances; they wait for those in standby, and know no checkpoints, no rollback and no alarms. Instances cannot be protected from scaling in. Scaling policies track `ALBRequestCountPerTarget`, in real requests per minute; their alarms have names and are nothing that could be looked at. There are no other policies, no schedules and no warm pools. `SetDesiredCapacity` knows no cooldown. The termination policies are `Default`, `OldestInstance`, `NewestInstance` and `OldestLaunchTemplate`. How often a group is looked at is not documented by AWS, and chosen short here. Instances that are detached keep the tag that names their group.\
                """),
            new Chapter("elasticloadbalancing", "Elastic Load Balancing, version 2", """
                Application load balancers over HTTP, in front of instances. A load balancer's DNS name is an address. Rules know every kind of condition, without regular expressions, and the actions forward, redirect and fixed-response. AWS's default quotas hold. A client that no security group allows finds its connection closed without a byte, where AWS would drop its packets. The attributes of target groups and of HTTP listeners are all honoured; those of load balancers for logs of connections and of health checks, TLS, WAF and zonal shift can be read and not changed. Access logs are delivered every five minutes divided by the pace, and when a log ends, to any bucket of the account: there are no bucket policies that could keep them out, so that only a bucket that does not exist is refused. They are kept in memory until then. `DescribeSSLPolicies` is refused like all that concerns TLS.\
                """),
            new Chapter("iam", "IAM", """
                Users with access keys, roles and instance profiles; managed policies, each in one version, inline policies and permissions boundaries decide about every call. The first user is the account's administrator. AWS's own policies are those for the services that are here, each in AWS's default version. There are no groups of users, no passwords, no multi-factor authentication, no identity providers and no service-linked roles. Simulations refuse resource-based policies, and say by which policy a statement decides, not where it stands in it. `ListEntitiesForPolicy` answers on one page. A role trusts only principals of the account that exist.

                Requests have these condition keys of AWS's: `aws:CurrentTime`, `aws:EpochTime`, `aws:MultiFactorAuthPresent` (of sessions, and never true), `aws:PrincipalAccount`, `aws:PrincipalArn`, `aws:PrincipalIsAWSService`, `aws:PrincipalTag`, `aws:PrincipalType`, `aws:RequestTag`, `aws:RequestedRegion`, `aws:ResourceAccount`, `aws:ResourceTag`, `aws:SecureTransport` (never true), `aws:SourceIp` (a loopback address), `aws:TagKeys`, `aws:TokenIssueTime`, `aws:UserAgent`, `aws:ViaAWSService`, `aws:userid` and `aws:username`. The others, about networks, organizations, federation, devices and services that call for somebody, are never there, as they are not in such requests on AWS. Buckets have no `aws:ResourceTag`, as on AWS unless it was enabled for them. Of the services' own keys there are:

                | service | condition keys |
                |---|---|
                | Auto Scaling | `autoscaling:MaxSize`, `autoscaling:MinSize`, `autoscaling:ResourceTag`, `autoscaling:TargetGroupARNs` |
                | DynamoDB | `dynamodb:LeadingKeys`, `dynamodb:ReturnConsumedCapacity`, `dynamodb:ReturnValues`, `dynamodb:Select` |
                | EC2 | `ec2:InstanceType`, `ec2:Region`, `ec2:ResourceTag` |
                | Elastic Load Balancing | `elasticloadbalancing:ResourceTag` |
                | IAM | `iam:PassedToService`, `iam:PermissionsBoundary`, `iam:PolicyARN`, `iam:ResourceTag` |
                | S3 | `s3:delimiter`, `s3:max-keys`, `s3:prefix`, `s3:ResourceAccount`, `s3:x-amz-acl`, `s3:x-amz-copy-source`, `s3:x-amz-storage-class` |
                | STS | `sts:ExternalId`, `sts:RoleSessionName` |
                | Systems Manager | `ssm:Overwrite`, `ssm:Recursive`, `ssm:resourceTag` |

                A policy is refused if another key of these services would have to be there for one of its denials to apply, or to keep one of its permissions within bounds: without it, somebody could do what the policy forbids.\
                """),
            new Chapter("sts", "STS", """
                Session policies, session tags, source identities, provided contexts and multi-factor authentication are refused by name, since leaving them out silently would give a session more than it was meant to have.\
                """),
            new Chapter("ssm", "Systems Manager", """
                The Parameter Store, with the public parameters that name the machine images, and Run Command with the document `AWS-RunShellScript`. A `SecureString` is kept and shown encrypted unless decryption is asked for. There is no KMS: the only key is `alias/aws/ssm`, no permission of `kms:` is needed, and the key lies beside what it encrypts in the cloud's data. Parameter policies, patterns for values, the tiers above the standard one and the older filters of descriptions are refused, and so are a command's limits of concurrency and of errors, its outputs to S3 and CloudWatch, its alarms and its notifications, and filters of lists of commands. A command begins on all of its instances at once, and one error fails it, as with AWS's defaults for up to 50 of them; it cannot be cancelled. It runs as a process of its instance, in the instance's folder, as the user who started the cloud. An instance can be reached if the role that it had at its last boot may call `ssm:UpdateInstanceInformation` now; one that loses this permission is not listed any more, where AWS shows it as `ConnectionLost`. A command whose instance ends under it is `DeliveryTimedOut` at once, where AWS waits for the time to pass. No version of an agent is shown, since there is none.\
                """),
            new Chapter("dynamodb", "DynamoDB", """
                Tables, items and expressions. Items with a time to live end at that very second, at the next call that looks. Capacity is counted and shown, and nobody is throttled. Secondary indexes, transactions, streams, PartiQL, backups, parallel scans, protection from deletion and the parameters that came before expressions are refused.\
                """),
            new Chapter("s3", "S3", """
                Buckets and objects, which are files in the data folder, up to 64 MiB in one request or part. Who may have them is a matter of IAM alone: there are no bucket policies and no ACLs. Versions, encryption, storage classes, locks, tags of objects and every other feature that is not below are refused by name.\
                """));

    private OperationDocument() {}

    /**
     * One service.
     *
     * @param signingName as the service's model has it
     * @param differences from AWS
     */
    record Chapter(String signingName, String title, String differences) {

        private String markdown(List<String> operations) {
            return """
                ## %s

                %s

                %s
                """.formatted(
                            title,
                            differences,
                            operations.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")));
        }
    }

    /** The page, for services with these operations by signing name. */
    static String of(Map<String, List<String>> operations) {
        return """
            # What the local cloud supports

            Every operation of every service, as the services themselves register them: a test compares this page with the registries. Whatever is not here is refused with an error that names it. So is a parameter that is not honoured, but for the few that EC2 passes over and names below.

            How to use them: [local-cloud.md](local-cloud.md). Why things are as they are: [decisions.md](decisions.md).

            %s\
            """.formatted(CHAPTERS.stream()
                .map(chapter -> chapter.markdown(operations.getOrDefault(chapter.signingName(), List.of())))
                .collect(Collectors.joining("\n")));
    }
}
