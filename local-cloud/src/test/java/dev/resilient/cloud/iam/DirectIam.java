package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.OpenGate;
import dev.resilient.cloud.identity.AccessKeys;
import dev.resilient.cloud.identity.Administrator;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.Call;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import dev.resilient.wire.Operation;
import dev.resilient.wire.OperationRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.iam.IamClient;

/** An account's IAM, and SDK clients whose calls go straight into its handlers: what the wire adds is tested elsewhere. */
final class DirectIam {
    final AccessKeys keys;
    final Caller administrator;
    final Iam service;
    private final OperationRegistry operations = new OperationRegistry("iam");

    DirectIam(CloudContext cloud) {
        keys = new AccessKeys(cloud);
        administrator = Administrator.of(cloud.account());
        service = new Iam(cloud, keys, administrator);
        ((AwsService) service).register(operations);
    }

    /** What this caller would see, if it were allowed everything. */
    IamClient client(Caller caller) {
        InvocationHandler handler = (proxy, method, arguments) -> answer(proxy, method, arguments, caller);
        return (IamClient)
                Proxy.newProxyInstance(IamClient.class.getClassLoader(), new Class<?>[] {IamClient.class}, handler);
    }

    private Object answer(Object proxy, Method method, Object[] arguments, Caller caller) throws Throwable {
        if (arguments != null
                && arguments.length == 1
                && arguments[0] instanceof AwsRequest request
                && AwsResponse.class.isAssignableFrom(method.getReturnType())) {
            return handle(operations.find(method.getName()).orElseThrow(), request, method, caller);
        }
        return InvocationHandler.invokeDefault(proxy, method, arguments);
    }

    /** Responses without members are all alike to the wire; a client expects its own. */
    private static <I extends AwsRequest> Object handle(
            Operation<I, ?> operation, AwsRequest request, Method method, Caller caller)
            throws ReflectiveOperationException {
        I input = operation.requestType().cast(request);
        operation.access().of(input, caller);
        Object response = operation
                .handler()
                .handle(input, new Call(caller, "request", new byte[0], Gate.Origin.NONE, new OpenGate()))
                .response();
        return method.getReturnType().isInstance(response) ? response : empty(method.getReturnType());
    }

    private static Object empty(Class<?> type) throws ReflectiveOperationException {
        Object builder = type.getMethod("builder").invoke(null);
        return Class.forName("software.amazon.awssdk.utils.builder.Buildable")
                .getMethod("build")
                .invoke(builder);
    }
}
