package dev.resilient.endtoend.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** AWS's SDK for Java, its operations found by their names. */
final class JavaClient implements Client {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final WaiterOverrideConfiguration PATIENCE = WaiterOverrideConfiguration.builder()
            .maxAttempts(60)
            .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofSeconds(1)))
            .build();
    private final Endpoint endpoint;
    private final Map<String, Service> services = new HashMap<>();

    /** The interface of a service's client, whose methods are the operations, and the client. */
    private record Service(Class<?> type, SdkClient client) {}

    JavaClient(Endpoint endpoint) {
        this.endpoint = endpoint;
        add("autoscaling", AutoScalingClient.class, AutoScalingClient.builder());
        add("dynamodb", DynamoDbClient.class, DynamoDbClient.builder());
        add("ec2", Ec2Client.class, Ec2Client.builder());
        add("elbv2", ElasticLoadBalancingV2Client.class, ElasticLoadBalancingV2Client.builder());
        add("iam", IamClient.class, IamClient.builder());
        add("s3", S3Client.class, S3Client.builder());
        add("ssm", SsmClient.class, SsmClient.builder());
        add("sts", StsClient.class, StsClient.builder());
    }

    private <B extends AwsClientBuilder<B, C>, C extends SdkClient> void add(String name, Class<C> type, B builder) {
        builder.endpointOverride(URI.create(endpoint.variable("AWS_ENDPOINT_URL")))
                .region(Region.of(endpoint.variable("AWS_REGION")))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        endpoint.variable("AWS_ACCESS_KEY_ID"), endpoint.variable("AWS_SECRET_ACCESS_KEY"))));
        services.put(name, new Service(type, builder.build()));
    }

    @Override
    public String name() {
        return "SDK for Java";
    }

    @Override
    public void close() {
        services.values().forEach(service -> service.client.close());
    }

    @Override
    public JsonNode ask(JsonNode question) {
        Service service = services.get(question.path("service").textValue());
        String operation = question.path("operation").textValue();
        JsonNode input = question.path("input");
        try {
            return switch (question.path("do").textValue()) {
                case "call" -> call(service, operation, input);
                case "wait" -> waitFor(service, operation, input);
                case "pages" -> pages(service, operation, input, question);
                default -> throw new IllegalArgumentException(question.toString());
            };
        } catch (InvocationTargetException thrown) {
            return refused(thrown.getCause());
        } catch (SdkException thrown) {
            return refused(thrown);
        } catch (ReflectiveOperationException unexpected) {
            throw new LinkageError(operation, unexpected);
        }
    }

    private static JsonNode call(Service service, String operation, JsonNode input)
            throws ReflectiveOperationException {
        Method method = method(service.type, operation);
        AwsRequest request = request(method, input);
        ObjectNode output;
        AwsResponse response;
        if (request instanceof PutObjectRequest put) {
            String body = input.path("Body").asText();
            response = ((S3Client) service.client).putObject(put, RequestBody.fromString(body));
            output = SdkShapes.write(response);
        } else if (request instanceof GetObjectRequest get) {
            ResponseBytes<GetObjectResponse> object =
                    ((S3Client) service.client).getObject(get, ResponseTransformer.toBytes());
            response = object.response();
            output = SdkShapes.write(response).put("Body", object.asString(StandardCharsets.UTF_8));
        } else {
            response = (AwsResponse) method.invoke(service.client, request);
            output = SdkShapes.write(response);
        }
        ObjectNode reply = JSON.objectNode();
        reply.set("output", output);
        return reply.put("status", response.sdkHttpResponse().statusCode())
                .put("requestId", response.responseMetadata().requestId());
    }

    private static JsonNode pages(Service service, String operation, JsonNode input, JsonNode question)
            throws ReflectiveOperationException {
        Method method = method(service.type, operation + "Paginator");
        ObjectNode limited = input.deepCopy();
        limited.set(question.path("limit").textValue(), question.path("size"));
        ObjectNode whole = JSON.objectNode();
        int pages = 0;
        for (Object page : (Iterable<?>) method.invoke(service.client, request(method, limited))) {
            pages++;
            SdkShapes.write((SdkPojo) page).properties().forEach(member -> {
                if (member.getValue() instanceof ArrayNode list) {
                    whole.withArray(member.getKey()).addAll(list);
                }
            });
        }
        ObjectNode reply = JSON.objectNode();
        reply.set("output", whole);
        return reply.put("pages", pages);
    }

    private static JsonNode waitFor(Service service, String waiter, JsonNode input)
            throws ReflectiveOperationException {
        Class<?> type = Class.forName(service.type.getName().replaceFirst("\\.(\\w+)Client$", ".waiters.$1Waiter"));
        Object builder = type.getMethod("builder").invoke(null);
        Class<?> building = type.getMethod("builder").getReturnType();
        building.getMethod("client", service.type).invoke(builder, service.client);
        building.getMethod("overrideConfiguration", WaiterOverrideConfiguration.class)
                .invoke(builder, PATIENCE);
        try (SdkAutoCloseable made =
                (SdkAutoCloseable) building.getMethod("build").invoke(builder)) {
            Method method = method(type, "waitUntil" + waiter);
            method.invoke(made, request(method, input));
        }
        return JSON.objectNode().set("output", JSON.objectNode());
    }

    /** The simplest method that takes a request and is called {@code name}, in any letter case. */
    private static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equalsIgnoreCase(name))
                .filter(method -> method.getParameterCount() > 0)
                .filter(method -> AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0]))
                .min(Comparator.comparing(Method::getParameterCount))
                .orElseThrow(() -> new AssertionError("the SDK for Java has no " + name));
    }

    private static AwsRequest request(Method operation, JsonNode input) throws ReflectiveOperationException {
        SdkPojo builder =
                (SdkPojo) operation.getParameterTypes()[0].getMethod("builder").invoke(null);
        return (AwsRequest) SdkShapes.read(builder, input);
    }

    private static JsonNode refused(Throwable thrown) {
        ObjectNode reply = JSON.objectNode();
        return thrown instanceof AwsServiceException error
                ? reply.put("code", error.awsErrorDetails().errorCode())
                        .put("text", error.awsErrorDetails().errorMessage())
                        .put("status", error.statusCode())
                        .put("requestId", error.requestId())
                : reply.put("code", thrown.getClass().getSimpleName()).put("text", String.valueOf(thrown.getMessage()));
    }
}
