package dev.resilient.cloud.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.PublicImages;
import dev.resilient.cloud.base.TestContext;
import dev.resilient.cloud.ssm.command.FakeInstances;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.testing.ManualTime;
import dev.resilient.wire.Access;
import dev.resilient.wire.Call;
import dev.resilient.wire.Caller;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;
import software.amazon.awssdk.services.ssm.model.Tag;

class SsmTest {
    private static final String TABLE = "doc-example-resilient-architecture-table";
    private static final Call CALL = new Call(
            new Caller("123456789012", "arn:aws:iam::123456789012:user/administrator", "AIDA"), "request", new byte[0]);

    private final Account account = Account.inRegion("us-west-2");
    private final ManualTime time = new ManualTime();
    private final PublicImages images = PublicImages.of(account);
    private final ParameterStore store = new ParameterStore(ResourceStore.inMemory(), images, time.instant());
    private final ParameterReads reads = new ParameterReads(store, new ParameterNames(account));
    private final ParameterWrites writes = new ParameterWrites(store, time, (name, value) -> {});

    @Test
    void a_parameter_is_put_and_read() {
        assertThat(put(TABLE, "recommendations").version()).isEqualTo(1);

        Parameter parameter = get(TABLE);
        assertThat(parameter.value()).isEqualTo("recommendations");
        assertThat(parameter.type()).isEqualTo(ParameterType.STRING);
        assertThat(parameter.version()).isEqualTo(1);
        assertThat(parameter.dataType()).isEqualTo("text");
        assertThat(parameter.lastModifiedDate()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(parameter.arn())
                .isEqualTo("arn:aws:ssm:us-west-2:123456789012:parameter/doc-example-resilient-architecture-table");
    }

    @Test
    void the_leading_slash_of_a_name_is_not_doubled_in_its_arn() {
        put("/a/b", "x");

        assertThat(get("/a/b").arn()).isEqualTo("arn:aws:ssm:us-west-2:123456789012:parameter/a/b");
        assertThat(get("arn:aws:ssm:us-west-2:123456789012:parameter/a/b").value())
                .isEqualTo("x");
    }

    @Test
    void overwriting_makes_a_new_version_and_must_be_asked_for() {
        put(TABLE, "one");

        assertError(
                () -> put(TABLE, "two"),
                "ParameterAlreadyExists",
                "The parameter already exists. To overwrite this value, set the overwrite option in the request to"
                        + " true.");
        assertThat(get(TABLE).value()).isEqualTo("one");
        time.advance(Duration.ofMinutes(1));
        assertThat(overwrite(TABLE, "two").version()).isEqualTo(2);
        assertThat(get(TABLE).value()).isEqualTo("two");
        assertThat(get(TABLE).lastModifiedDate()).isEqualTo("2026-01-01T12:01:00Z");
        assertThat(get(TABLE + ":1").value()).isEqualTo("one");
        assertThat(get(TABLE + ":1").selector()).isEqualTo(":1");
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> get(TABLE + ":3"))
                .satisfies(error -> assertThat(error.code()).isEqualTo("ParameterVersionNotFound"));
    }

    @Test
    void overwriting_creates_what_is_not_there() {
        assertThat(writes.put(
                                PutParameterRequest.builder()
                                        .name(TABLE)
                                        .value("x")
                                        .type(ParameterType.STRING)
                                        .overwrite(true)
                                        .build(),
                                CALL)
                        .version())
                .isEqualTo(1);
    }

    @Test
    void the_type_is_given_at_first_and_stays() {
        assertError(
                () -> overwrite(TABLE, "x"),
                "ValidationException",
                "A parameter type is required when you create a parameter.");
        put(TABLE, "x");
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> writes.put(
                        PutParameterRequest.builder()
                                .name(TABLE)
                                .value("y")
                                .type(ParameterType.SECURE_STRING)
                                .overwrite(true)
                                .build(),
                        CALL))
                .satisfies(error -> assertThat(error.code()).isEqualTo("HierarchyTypeMismatchException"));
        assertThat(get(TABLE).version()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a b", "/a//b", "/a/", "/", "ssm-x", "/SSM/x", "a:1", "ä"})
    void a_name_that_breaks_the_rules_is_refused(String name) {
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> put(name, "x"))
                .satisfies(error -> assertThat(error.code()).isEqualTo("ValidationException"));
        assertThat(store.own().list()).isEmpty();
    }

    @Test
    void awss_names_are_reserved() {
        assertError(
                () -> put("/aws/service/x", "x"),
                "AccessDeniedException",
                "No access to reserved parameter name: /aws/service/x.");
    }

    @Test
    void a_hierarchy_has_fifteen_levels_at_most() {
        put("/a".repeat(15), "x");
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> put("/a".repeat(16), "x"))
                .satisfies(error -> assertThat(error.code()).isEqualTo("HierarchyLevelLimitExceededException"));
    }

    @Test
    void a_value_has_4096_characters_at_most_and_one_at_least() {
        put("largest", "x".repeat(4096));
        assertError(
                () -> put("larger", "x".repeat(4097)),
                "ValidationException",
                "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger"
                        + " parameter value, upgrade the parameter to use the advanced-parameter tier.");
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> put("empty", ""))
                .satisfies(error -> assertThat(error.code()).isEqualTo("ValidationException"));
    }

    @Test
    void patterns_policies_and_larger_tiers_are_refused_by_name() {
        PutParameterRequest request = PutParameterRequest.builder()
                .name("number")
                .type(ParameterType.STRING)
                .value("1")
                .build();

        assertError(
                () -> writes.put(request.copy(asked -> asked.allowedPattern("\\d+")), CALL),
                "ValidationException",
                "The parameter AllowedPattern is not supported by this cloud");
        assertError(
                () -> writes.put(request.copy(asked -> asked.policies("[]")), CALL),
                "ValidationException",
                "The parameter Policies is not supported by this cloud");
        assertError(
                () -> writes.put(request.copy(asked -> asked.tier("Advanced")), CALL),
                "ValidationException",
                "The parameter tier Advanced is not supported by this cloud");
        assertThat(store.own().list()).isEmpty();
        writes.put(request.copy(asked -> asked.tier("Standard")), CALL);
        assertThat(get("number").value()).isEqualTo("1");
    }

    @Test
    void a_secure_string_is_shown_to_those_who_ask_for_decryption() {
        writes.put(
                PutParameterRequest.builder()
                        .name("secret")
                        .value("plain")
                        .type(ParameterType.SECURE_STRING)
                        .build(),
                CALL);

        assertThat(get("secret").value()).isNotEqualTo("plain");
        assertThat(get("secret").type()).isEqualTo(ParameterType.SECURE_STRING);
        assertThat(reads.get(GetParameterRequest.builder()
                                .name("secret")
                                .withDecryption(true)
                                .build())
                        .parameter()
                        .value())
                .isEqualTo("plain");
    }

    @Test
    void unknown_names_are_listed_and_fail_nothing() {
        put("a", "1");
        put("b", "2");

        var response = reads.getAll(GetParametersRequest.builder()
                .names("b", "none", "a", "b", "none", "a:7")
                .build());

        assertThat(response.parameters()).extracting(Parameter::name).containsExactly("b", "a");
        assertThat(response.invalidParameters()).containsExactly("none", "a:7");
        assertError(() -> get("none"), "ParameterNotFound", "Parameter none not found.");
    }

    @Test
    void a_path_is_read_level_by_level_or_as_a_whole() {
        List.of("/app/a", "/app/b", "/app/deep/c", "/application/d", "plain").forEach(name -> put(name, "x"));

        assertThat(names(byPath(GetParametersByPathRequest.builder().path("/app"))))
                .containsExactly("/app/a", "/app/b");
        assertThat(names(byPath(
                        GetParametersByPathRequest.builder().path("/app/").recursive(true))))
                .containsExactly("/app/a", "/app/b", "/app/deep/c");
        assertThat(names(byPath(GetParametersByPathRequest.builder().path("/").recursive(true))))
                .containsExactly("/app/a", "/app/b", "/app/deep/c", "/application/d");
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> byPath(GetParametersByPathRequest.builder().path("app")))
                .satisfies(error -> assertThat(error.code()).isEqualTo("ValidationException"));
    }

    @Test
    void a_path_is_read_in_pages() {
        IntStream.range(0, 12).forEach(number -> put("/app/%02d".formatted(number), "x"));

        GetParametersByPathResponse first =
                byPath(GetParametersByPathRequest.builder().path("/app"));
        GetParametersByPathResponse second =
                byPath(GetParametersByPathRequest.builder().path("/app").nextToken(first.nextToken()));

        assertThat(first.parameters()).hasSize(10);
        assertThat(names(second)).containsExactly("/app/10", "/app/11");
        assertThat(second.nextToken()).isNull();
        assertError(
                () -> byPath(GetParametersByPathRequest.builder().path("/app").nextToken("%")),
                "InvalidNextToken",
                "The specified token isn't valid.");
    }

    @Test
    void parameters_are_deleted_one_by_one_or_together() {
        List.of("a", "b", "c").forEach(name -> put(name, "x"));

        writes.delete(DeleteParameterRequest.builder().name("a").build());
        assertError(
                () -> writes.delete(DeleteParameterRequest.builder().name("a").build()),
                "ParameterNotFound",
                "Parameter a not found.");
        var response = writes.deleteAll(
                DeleteParametersRequest.builder().names("a", "b", "c").build());
        assertThat(response.deletedParameters()).containsExactly("b", "c");
        assertThat(response.invalidParameters()).containsExactly("a");
        assertThat(store.own().list()).isEmpty();
    }

    @Test
    void descriptions_are_filtered() {
        put("/app/a", "x");
        put("/app/deep/b", "x");
        put("plain", "x");
        writes.addTags(AddTagsToResourceRequest.builder()
                .resourceType("Parameter")
                .resourceId("plain")
                .tags(Tag.builder().key("stage").value("test").build())
                .build());

        assertThat(described("Name", "BeginsWith", "/app")).containsExactly("/app/a", "/app/deep/b");
        assertThat(described("Name", "Equals", "plain", "none")).containsExactly("plain");
        assertThat(described("Name", "Contains", "deep")).containsExactly("/app/deep/b");
        assertThat(described("Path", "OneLevel", "/app")).containsExactly("/app/a");
        assertThat(described("Path", "Recursive", "/app")).hasSize(2);
        assertThat(described("Type", "Equals", "SecureString")).isEmpty();
        assertThat(described("tag:stage", "Equals", "test")).containsExactly("plain");
        assertError(() -> described("Label", "Equals", "x"), "InvalidFilterKey", "The specified key isn't valid.");
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> described("Name", "EndsWith", "x"))
                .satisfies(error -> assertThat(error.code()).isEqualTo("InvalidFilterOption"));
    }

    @Test
    void parameters_are_tagged() {
        writes.put(
                PutParameterRequest.builder()
                        .name("a")
                        .value("x")
                        .type(ParameterType.STRING)
                        .tags(Tag.builder().key("one").value("1").build())
                        .build(),
                CALL);
        writes.addTags(AddTagsToResourceRequest.builder()
                .resourceType("Parameter")
                .resourceId("a")
                .tags(Tag.builder().key("two").value("2").build())
                .build());

        assertThat(writes.listTags(ListTagsForResourceRequest.builder()
                                .resourceType("Parameter")
                                .resourceId("a")
                                .build())
                        .tagList())
                .extracting(Tag::key)
                .containsExactly("one", "two");
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> writes.listTags(ListTagsForResourceRequest.builder()
                        .resourceType("Parameter")
                        .resourceId("b")
                        .build()))
                .satisfies(error -> assertThat(error.code()).isEqualTo("InvalidResourceId"));
    }

    @Test
    void a_hundred_versions_are_kept() {
        put("a", "1");
        IntStream.rangeClosed(2, 101).forEach(number -> overwrite("a", Integer.toString(number)));

        var history = reads.history(
                GetParameterHistoryRequest.builder().name("a").maxResults(50).build());
        assertThat(history.parameters()).hasSize(50);
        assertThat(history.parameters().getFirst().version()).isEqualTo(2);
        assertThat(history.nextToken()).isNotNull();
        assertThat(get("a").value()).isEqualTo("101");
    }

    @Test
    void public_parameters_name_the_images_of_the_region() {
        Parameter image = get("/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2");

        assertThat(image.value()).matches("ami-[0-9a-f]{17}");
        assertThat(image.arn())
                .isEqualTo("arn:aws:ssm:us-west-2::parameter/aws/service/ami-amazon-linux-latest/"
                        + "amzn2-ami-hvm-x86_64-gp2");
        assertThat(byPath(GetParametersByPathRequest.builder().path("/aws/service/ami-amazon-linux-latest"))
                        .parameters())
                .extracting(Parameter::value)
                .containsExactlyElementsOf(images.images().stream()
                        .map(PublicImages.PublicImage::imageId)
                        .toList())
                .doesNotHaveDuplicates();
        assertThat(PublicImages.of(account)).isEqualTo(images);
        assertThat(PublicImages.of(Account.inRegion("eu-west-1"))).isNotEqualTo(images);
        assertThat(reads.describe(DescribeParametersRequest.builder().build()).parameters())
                .isEmpty();
    }

    @Test
    void iam_is_asked_about_each_name() {
        OperationRegistry operations = new OperationRegistry("ssm");
        new Ssm(TestContext.at(time), images, new FakeInstances(), (name, value) -> {}).register(operations);
        @SuppressWarnings("unchecked") // the registry gives back what was registered under the name
        var access = (Access<GetParametersRequest>)
                operations.find("GetParameters").orElseThrow().access();

        assertThat(access.of(GetParametersRequest.builder()
                        .names("plain", "/a/b:3", "/aws/service/x")
                        .build()))
                .extracting(Access.Question::resource)
                .containsExactly(
                        "arn:aws:ssm:us-west-2:123456789012:parameter/plain",
                        "arn:aws:ssm:us-west-2:123456789012:parameter/a/b",
                        "arn:aws:ssm:us-west-2::parameter/aws/service/x");
    }

    private PutParameterResponse put(String name, String value) {
        return writes.put(
                PutParameterRequest.builder()
                        .name(name)
                        .value(value)
                        .type(ParameterType.STRING)
                        .build(),
                CALL);
    }

    private PutParameterResponse overwrite(String name, String value) {
        return writes.put(
                PutParameterRequest.builder()
                        .name(name)
                        .value(value)
                        .overwrite(true)
                        .build(),
                CALL);
    }

    private Parameter get(String name) {
        return reads.get(GetParameterRequest.builder().name(name).build()).parameter();
    }

    private GetParametersByPathResponse byPath(GetParametersByPathRequest.Builder request) {
        return reads.getByPath(request.build());
    }

    private static List<String> names(GetParametersByPathResponse response) {
        return response.parameters().stream().map(Parameter::name).toList();
    }

    private List<String> described(String key, String option, String... values) {
        return reads
                .describe(DescribeParametersRequest.builder()
                        .parameterFilters(ParameterStringFilter.builder()
                                .key(key)
                                .option(option)
                                .values(values)
                                .build())
                        .build())
                .parameters()
                .stream()
                .map(ParameterMetadata::name)
                .toList();
    }

    private static void assertError(ThrowingCallable call, String code, String message) {
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(call)
                .withMessage(message)
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo(code);
                    assertThat(error.status()).isEqualTo(400);
                });
    }
}
