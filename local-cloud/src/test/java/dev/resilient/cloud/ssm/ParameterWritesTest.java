package dev.resilient.cloud.ssm;

import static dev.resilient.cloud.ssm.ParameterStage.CALL;
import static dev.resilient.cloud.ssm.ParameterStage.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParametersRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Parameters that are put, overwritten, tagged and deleted, and what they may not be. */
class ParameterWritesTest {
    private static final String TABLE = "doc-example-resilient-architecture-table";

    private final ParameterStage stage = new ParameterStage();
    private final ParameterWrites writes = stage.writes;

    @Test
    void a_parameter_is_put_and_read() {
        assertThat(stage.put(TABLE, "recommendations").version()).isEqualTo(1);

        Parameter parameter = stage.get(TABLE);
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
        stage.put("/a/b", "x");

        assertThat(stage.get("/a/b").arn()).isEqualTo("arn:aws:ssm:us-west-2:123456789012:parameter/a/b");
        assertThat(stage.get("arn:aws:ssm:us-west-2:123456789012:parameter/a/b").value())
                .isEqualTo("x");
    }

    @Test
    void overwriting_makes_a_new_version_and_must_be_asked_for() {
        stage.put(TABLE, "one");

        assertError(
                () -> stage.put(TABLE, "two"),
                "ParameterAlreadyExists",
                "The parameter already exists. To overwrite this value, set the overwrite option in the request to"
                        + " true.");
        assertThat(stage.get(TABLE).value()).isEqualTo("one");
        stage.time.advance(Duration.ofMinutes(1));
        assertThat(stage.overwrite(TABLE, "two").version()).isEqualTo(2);
        assertThat(stage.get(TABLE).value()).isEqualTo("two");
        assertThat(stage.get(TABLE).lastModifiedDate()).isEqualTo("2026-01-01T12:01:00Z");
        assertThat(stage.get(TABLE + ":1").value()).isEqualTo("one");
        assertThat(stage.get(TABLE + ":1").selector()).isEqualTo(":1");
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> stage.get(TABLE + ":3"))
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
                () -> stage.overwrite(TABLE, "x"),
                "ValidationException",
                "A parameter type is required when you create a parameter.");
        stage.put(TABLE, "x");
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
        assertThat(stage.get(TABLE).version()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a b", "/a//b", "/a/", "/", "ssm-x", "/SSM/x", "a:1", "ä"})
    void a_name_that_breaks_the_rules_is_refused(String name) {
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> stage.put(name, "x"))
                .satisfies(error -> assertThat(error.code()).isEqualTo("ValidationException"));
        assertThat(stage.store.own().list()).isEmpty();
    }

    @Test
    void awss_names_are_reserved() {
        assertError(
                () -> stage.put("/aws/service/x", "x"),
                "AccessDeniedException",
                "No access to reserved parameter name: /aws/service/x.");
    }

    @Test
    void a_hierarchy_has_fifteen_levels_at_most() {
        stage.put("/a".repeat(15), "x");
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> stage.put("/a".repeat(16), "x"))
                .satisfies(error -> assertThat(error.code()).isEqualTo("HierarchyLevelLimitExceededException"));
    }

    @Test
    void a_value_has_4096_characters_at_most_and_one_at_least() {
        stage.put("largest", "x".repeat(4096));
        assertError(
                () -> stage.put("larger", "x".repeat(4097)),
                "ValidationException",
                "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger"
                        + " parameter value, upgrade the parameter to use the advanced-parameter tier.");
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> stage.put("empty", ""))
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
        assertThat(stage.store.own().list()).isEmpty();
        writes.put(request.copy(asked -> asked.tier("Standard")), CALL);
        assertThat(stage.get("number").value()).isEqualTo("1");
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
        writes.removeTags(RemoveTagsFromResourceRequest.builder()
                .resourceType("Parameter")
                .resourceId("a")
                .tagKeys("one", "none")
                .build());
        assertThat(stage.store.require("a").tags()).containsOnlyKeys("two");
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> writes.listTags(ListTagsForResourceRequest.builder()
                        .resourceType("Parameter")
                        .resourceId("b")
                        .build()))
                .satisfies(error -> assertThat(error.code()).isEqualTo("InvalidResourceId"));
    }

    @Test
    void parameters_are_deleted_one_by_one_or_together() {
        List.of("a", "b", "c").forEach(name -> stage.put(name, "x"));

        writes.delete(DeleteParameterRequest.builder().name("a").build());
        assertError(
                () -> writes.delete(DeleteParameterRequest.builder().name("a").build()),
                "ParameterNotFound",
                "Parameter a not found.");
        var response = writes.deleteAll(
                DeleteParametersRequest.builder().names("a", "b", "c").build());
        assertThat(response.deletedParameters()).containsExactly("b", "c");
        assertThat(response.invalidParameters()).containsExactly("a");
        assertThat(stage.store.own().list()).isEmpty();
    }
}
