package dev.resilient.cloud.ssm.command;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** Run Command: its operations, and the commands that are under way until it is closed. Thread-safe. */
public final class RunCommand implements AutoCloseable {
    private final Account account;
    private final CommandOperations commands;
    private final InstanceInformations information;

    /** With the commands that the store has. */
    public RunCommand(CloudContext cloud, ManagedInstances instances) {
        account = cloud.account();
        commands = new CommandOperations(cloud, instances);
        information = new InstanceInformations(instances);
    }

    /** Registers every operation. */
    public void register(OperationRegistry operations) {
        operations.on(SendCommandRequest.class, sending(), commands::send);
        operations.on(CancelCommandRequest.class, anything(), commands::cancel);
        operations.on(GetCommandInvocationRequest.class, anything(), commands::getInvocation);
        operations.on(ListCommandsRequest.class, anything(), commands::list);
        operations.on(ListCommandInvocationsRequest.class, anything(), commands::listInvocations);
        operations.on(DescribeInstanceInformationRequest.class, anything(), information::describe);
    }

    /** Lets go of the commands that are under way. */
    @Override
    public void close() {
        commands.close();
    }

    /** Whoever sends a command must be allowed to use the document, and to use it on each of the instances. */
    private Access<SendCommandRequest> sending() {
        return Access.resources(request -> Stream.concat(
                        Stream.of(documentArn(request.documentName())),
                        commands.targets().ids(request).stream().map(id -> account.arn("ec2", "instance/" + id)))
                .toList());
    }

    private <I extends AwsRequest> Access<I> anything() {
        return Access.resource(request -> account.arn("ssm", "*"));
    }

    /** Documents of AWS belong to no account. */
    private String documentArn(String nameOrArn) {
        if (nameOrArn.startsWith("arn:")) {
            return nameOrArn;
        }
        return ShellScript.isNamed(nameOrArn)
                ? "arn:aws:ssm:" + account.region() + "::document/" + nameOrArn
                : account.arn("ssm", "document/" + nameOrArn);
    }
}
