package dev.resilient.cloud;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page that lists what the local cloud supports. */
final class OperationDocument {
    static final List<Chapter> CHAPTERS = List.of(
            new Chapter("ec2", "EC2", """
                An instance is a process tree of this machine that runs its user data: a script that begins with `#!`, or a MIME multi-part of such scripts. Image and instance type are checked and described, and change nothing about the process. There is one default VPC with a subnet in each zone, in 127.31.0.0/16, and no other can be made. Security groups decide who may open a connection to a load balancer and whom that may reach; nothing keeps instances from each other or from this machine.\
                """),
            new Chapter("autoscaling", "Auto Scaling", """
                Groups launch from launch templates, and replace instances by the health checks of EC2 and of load balancers or by what `SetInstanceHealth` says; the health check types `EBS` and `VPC_LATTICE` are refused. Lifecycle hooks notify nobody: a target for notifications is refused, and an action is completed by the id of its instance. Instance refreshes replace whole instances, and know no alarms. Scaling policies track `ALBRequestCountPerTarget`, in real requests per minute; their alarms have names and are nothing that could be looked at. There are no other policies, no schedules and no warm pools. How often a group is looked at is not documented by AWS, and chosen short here. Instances that are detached keep the tag that names their group.\
                """),
            new Chapter("elasticloadbalancing", "Elastic Load Balancing, version 2", """
                Application load balancers over HTTP, in front of instances. A load balancer's DNS name is an address. Rules know conditions on host and path, without regular expressions, and the actions forward, redirect and fixed-response. A client that no security group allows finds its connection closed without a byte, where AWS would drop its packets. The attributes of target groups are all honoured; those of load balancers for logs to S3, TLS, WAF and zonal shift can be read and not changed.\
                """),
            new Chapter("iam", "IAM", """
                Roles, instance profiles and customer managed or inline policies, which decide about every call. The one user is the account's administrator. Of AWS's managed policies there are `AdministratorAccess` and `AmazonSSMManagedInstanceCore`. Permissions boundaries are refused.\
                """),
            new Chapter("sts", "STS", """
                Session policies, session tags, source identities and multi-factor authentication are refused, since leaving them out silently would give a session more than it was meant to have.\
                """),
            new Chapter("ssm", "Systems Manager", """
                The Parameter Store alone, with the public parameters that name the machine images. Parameter policies are refused.\
                """),
            new Chapter("dynamodb", "DynamoDB", """
                Tables, items and expressions. Capacity is counted and shown, and nobody is throttled. Secondary indexes, streams, transactions and the legacy conditional parameters are refused.\
                """),
            new Chapter("s3", "S3", """
                Buckets and whole objects, which are files in the data folder. Versions, multi-part uploads, copies and conditional writes by `If-Match` are refused.\
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

            Every operation of every service, as the services themselves register them: a test compares this page with the registries. Whatever is not here is refused with an error that names it. So is a parameter that Auto Scaling or Elastic Load Balancing does not honour; EC2 passes over those that mean nothing to a process, such as key pairs and volumes.

            How to use them: [local-cloud.md](local-cloud.md). Why things are as they are: [decisions.md](decisions.md).

            %s\
            """.formatted(CHAPTERS.stream()
                .map(chapter -> chapter.markdown(operations.getOrDefault(chapter.signingName(), List.of())))
                .collect(Collectors.joining("\n")));
    }
}
