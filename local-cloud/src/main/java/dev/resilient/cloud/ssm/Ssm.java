package dev.resilient.cloud.ssm;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.PublicImages;
import dev.resilient.cloud.identity.ResourceKeys;
import dev.resilient.cloud.ssm.command.ManagedInstances;
import dev.resilient.cloud.ssm.command.RunCommand;
import dev.resilient.wire.Access;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceRequest;

/** Systems Manager, of which there are the Parameter Store and Run Command. Closing it lets go of running commands. Thread-safe. */
public final class Ssm implements AwsService, ResourceKeys, AutoCloseable {
    private static final ServiceModel MODEL = new ServiceModel(
            "ssm",
            "software.amazon.awssdk.services.ssm.model",
            "2014-11-06",
            new ServiceModel.Protocol.Json("1.1", "AmazonSSM", ""));
    private final ParameterStore store;
    private final ParameterNames names;
    private final SecureStrings secrets;
    private final ParameterReads reads;
    private final ParameterWrites writes;
    private final String everyParameter;
    private final RunCommand runCommand;

    /**
     * What the store has, the public parameters that name {@code images}, and the instances that commands can be sent to.
     *
     * @param check told the name and the value of every parameter before it is put; refuses it by throwing
     */
    public Ssm(CloudContext cloud, PublicImages images, ManagedInstances instances, BiConsumer<String, String> check) {
        store = new ParameterStore(cloud.store(), images, cloud.time().instant());
        names = new ParameterNames(cloud.account());
        secrets = SecureStrings.of(cloud);
        reads = new ParameterReads(store, names, secrets);
        writes = new ParameterWrites(store, secrets, cloud.time(), check);
        everyParameter = cloud.account().arn("ssm", "*");
        runCommand = new RunCommand(cloud, instances);
    }

    @Override
    public ServiceModel model() {
        return MODEL;
    }

    @Override
    public void register(OperationRegistry operations) {
        runCommand.register(operations);
        Access<AwsRequest> parameter = Access.named("Name", names::arnOf);
        Access<AwsRequest> parameters = Access.named("Names", names::arnOf);
        Access<AwsRequest> tagged = Access.named("ResourceId", names::arn);
        operations.on(GetParameterRequest.class, parameter, reads::get);
        operations.on(GetParametersRequest.class, parameters, reads::getAll);
        operations.on(GetParametersByPathRequest.class, Access.named("Path", names::arn), reads::getByPath);
        operations.on(DescribeParametersRequest.class, Access.resource(request -> everyParameter), reads::describe);
        operations.on(GetParameterHistoryRequest.class, parameter, reads::history);
        operations.register(PutParameterRequest.class, Access.named("Name", names::arn), writes::put);
        operations.act(DeleteParameterRequest.class, Access.named("Name", names::arn), writes::delete);
        operations.on(DeleteParametersRequest.class, parameters, writes::deleteAll);
        operations.act(AddTagsToResourceRequest.class, tagged, writes::addTags);
        operations.act(RemoveTagsFromResourceRequest.class, tagged, writes::removeTags);
        operations.on(ListTagsForResourceRequest.class, tagged, writes::listTags);
    }

    @Override
    public Map<String, List<String>> keysOf(String arn, SdkPojo request) {
        return store.own()
                .find(ParameterNames.Reference.parse(arn).name())
                .map(parameter -> ResourceKeys.tagged(parameter.tagList()))
                .orElse(Map.of());
    }

    /** The value of one of the account's own parameters. */
    public Optional<String> value(String parameterName) {
        return store.own().find(parameterName).map(parameter -> secrets.decrypted(parameter.newest()));
    }

    @Override
    public void close() {
        runCommand.close();
    }
}
