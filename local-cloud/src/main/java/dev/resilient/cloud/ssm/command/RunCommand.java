package dev.resilient.cloud.ssm.command;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetDocumentRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListDocumentsRequest;
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
        operations.register(SendCommandRequest.class, sending(), (request, call) -> commands.send(request));
        operations.register(CancelCommandRequest.class, anything(), (request, call) -> commands.cancel(request));
        operations.register(
                GetCommandInvocationRequest.class, anything(), (request, call) -> commands.getInvocation(request));
        operations.register(ListCommandsRequest.class, anything(), (request, call) -> commands.list(request));
        operations.register(
                ListCommandInvocationsRequest.class, anything(), (request, call) -> commands.listInvocations(request));
        operations.register(
                DescribeInstanceInformationRequest.class, anything(), (request, call) -> information.describe(request));
        operations.register(ListDocumentsRequest.class, anything(), (request, call) -> RunShellScript.list(request));
        operations.register(
                GetDocumentRequest.class,
                Access.resource(request -> documentArn(request.name())),
                (request, call) -> RunShellScript.get(request));
        operations.register(
                DescribeDocumentRequest.class,
                Access.resource(request -> documentArn(request.name())),
                (request, call) -> RunShellScript.describe(request));
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
        return RunShellScript.isNamed(nameOrArn)
                ? "arn:aws:ssm:" + account.region() + "::document/" + nameOrArn
                : account.arn("ssm", "document/" + nameOrArn);
    }
}
