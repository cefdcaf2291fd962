package dev.resilient.cloud.ssm;

import static dev.resilient.cloud.ssm.ParameterStage.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.PublicImages;
import dev.resilient.cloud.base.TestContext;
import dev.resilient.cloud.ssm.command.FakeInstances;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Parameters as they are found: by name, by path, by filter, by version, and those that AWS has made public. */
class ParameterReadsTest {
    private final ParameterStage stage = new ParameterStage();
    private final ParameterReads reads = stage.reads;

    @Test
    void unknown_names_are_listed_and_fail_nothing() {
        stage.put("a", "1");
        stage.put("b", "2");

        var response = reads.getAll(GetParametersRequest.builder()
                .names("b", "none", "a", "b", "none", "a:7")
                .build());

        assertThat(response.parameters()).extracting(Parameter::name).containsExactly("b", "a");
        assertThat(response.invalidParameters()).containsExactly("none", "a:7");
        assertError(() -> stage.get("none"), "ParameterNotFound", "Parameter none not found.");
    }

    @Test
    void a_path_is_read_level_by_level_or_as_a_whole() {
        List.of("/app/a", "/app/b", "/app/deep/c", "/application/d", "plain").forEach(name -> stage.put(name, "x"));

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
        IntStream.range(0, 12).forEach(number -> stage.put("/app/%02d".formatted(number), "x"));

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
    void descriptions_are_filtered() {
        stage.put("/app/a", "x");
        stage.put("/app/deep/b", "x");
        stage.put("plain", "x");
        stage.writes.addTags(AddTagsToResourceRequest.builder()
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
    void a_hundred_versions_are_kept() {
        stage.put("a", "1");
        IntStream.rangeClosed(2, 101).forEach(number -> stage.overwrite("a", Integer.toString(number)));

        var history = reads.history(
                GetParameterHistoryRequest.builder().name("a").maxResults(50).build());
        assertThat(history.parameters()).hasSize(50);
        assertThat(history.parameters().getFirst().version()).isEqualTo(2);
        assertThat(history.nextToken()).isNotNull();
        assertThat(stage.get("a").value()).isEqualTo("101");
    }

    @Test
    void public_parameters_name_the_images_of_the_region() {
        Parameter image = stage.get("/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2");

        assertThat(image.value()).matches("ami-[0-9a-f]{17}");
        assertThat(image.arn())
                .isEqualTo("arn:aws:ssm:us-west-2::parameter/aws/service/ami-amazon-linux-latest/"
                        + "amzn2-ami-hvm-x86_64-gp2");
        assertThat(byPath(GetParametersByPathRequest.builder().path("/aws/service/ami-amazon-linux-latest"))
                        .parameters())
                .extracting(Parameter::value)
                .containsExactlyElementsOf(stage.images.images().stream()
                        .map(PublicImages.PublicImage::imageId)
                        .toList())
                .doesNotHaveDuplicates();
        assertThat(PublicImages.of(ParameterStage.ACCOUNT)).isEqualTo(stage.images);
        assertThat(PublicImages.of(Account.inRegion("eu-west-1"))).isNotEqualTo(stage.images);
        assertThat(reads.describe(DescribeParametersRequest.builder().build()).parameters())
                .isEmpty();
    }

    @Test
    void iam_is_asked_about_each_name() {
        OperationRegistry operations = new OperationRegistry("ssm");
        new Ssm(TestContext.at(stage.time), stage.images, new FakeInstances(), (name, value) -> {})
                .register(operations);
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
}
