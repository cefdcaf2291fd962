package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Waiting.Sight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;

/** The private bucket with the programs of instances, each under a key that contains the SHA-256 of its jar. */
final class ServerArtifact implements Resource {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Environment environment;
    private final Ownership ownership;
    private final S3Client s3;

    ServerArtifact(Environment environment) {
        this.environment = environment;
        this.ownership = new Ownership(environment.deployment());
        this.s3 = environment.aws().s3();
    }

    @Override
    public String kind() {
        return "S3 bucket";
    }

    @Override
    public String name() {
        return environment.names().bucket(environment.aws().account().id());
    }

    /** The ARN of whichever server is in the bucket: a policy that names it stays right when another one is deployed. */
    String arnOfServers() {
        return arn(Program.keysOfServers());
    }

    /** The same of the guard. */
    String arnOfGuards() {
        return arn(Program.keysOfGuards());
    }

    private String arn(String keys) {
        return "arn:" + environment.aws().account().partition() + ":s3:::" + name() + "/" + keys;
    }

    @Override
    public void claim() {
        tags().filter(tags -> !isOurs(tags)).ifPresent(tags -> ownership.require(tags, kind(), name()));
    }

    @Override
    public Creation create() {
        List<Program> programs = new ArrayList<>(List.of(Program.server(environment.deployment())));
        Program.guard(environment.deployment()).ifPresent(programs::add);
        Map<String, Path> jars = programs.stream().collect(Collectors.toMap(Program::key, Program::jar));
        Creation creation = createBucket();
        s3.putPublicAccessBlock(
                request -> request.bucket(name()).publicAccessBlockConfiguration(block -> block.blockPublicAcls(true)
                        .ignorePublicAcls(true)
                        .blockPublicPolicy(true)
                        .restrictPublicBuckets(true)));
        s3.putBucketTagging(request -> request.bucket(name())
                .tagging(tagging -> tagging.tagSet(environment.tags().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())));
        jars.forEach(this::upload);
        return creation;
    }

    @Override
    public boolean delete() {
        if (!isOurs()) {
            return false;
        }
        for (S3Object object :
                s3.listObjectsV2Paginator(request -> request.bucket(name())).contents()) {
            s3.deleteObject(request -> request.bucket(name()).key(object.key()));
        }
        environment
                .waiting()
                .retry(
                        "the bucket can be deleted",
                        LIMIT,
                        failure -> Failures.hasCode(failure, "BucketNotEmpty", "OperationAborted"),
                        () -> s3.deleteBucket(request -> request.bucket(name())));
        environment
                .waiting()
                .until("the bucket is gone", LIMIT, () -> Sight.when(tags().isEmpty(), "it is being deleted"));
        return true;
    }

    @Override
    public List<String> existing() {
        return isOurs() ? List.of(kind() + " " + name()) : List.of();
    }

    private void upload(String key, Path jar) {
        if (!isUploaded(key)) {
            s3.putObject(
                    request -> request.bucket(name()).key(key).contentType("application/java-archive"),
                    RequestBody.fromFile(jar));
        }
    }

    private Creation createBucket() {
        Optional<Map<String, String>> tags = tags();
        if (tags.isPresent()) {
            if (!isOurs(tags.get())) {
                ownership.require(tags.get(), kind(), name());
            }
            return Creation.FOUND;
        }
        var request = CreateBucketRequest.builder().bucket(name());
        String region = environment.deployment().region().id();
        if (!region.equals("us-east-1")) {
            request.createBucketConfiguration(configuration -> configuration.locationConstraint(region));
        }
        environment
                .waiting()
                .retry(
                        "the bucket can be created",
                        LIMIT,
                        failure -> Failures.hasCode(failure, "OperationAborted"),
                        () -> s3.createBucket(request.build()));
        return Creation.CREATED;
    }

    private boolean isOurs() {
        return tags().filter(this::isOurs).isPresent();
    }

    /**
     * A bucket can only be tagged after it was made, and its name holds the account and the deployment. So one without any tag may
     * be ours too, if whoever made it was interrupted before tagging it; then there is nothing in it that we would not put there.
     */
    private boolean isOurs(Map<String, String> tags) {
        return tags.isEmpty() ? holdsNothingButPrograms() : ownership.isOurs(tags);
    }

    private boolean holdsNothingButPrograms() {
        return s3.listObjectsV2Paginator(request -> request.bucket(name())).contents().stream()
                .allMatch(object -> Program.isKey(object.key()));
    }

    /** The bucket's tags; empty when there is no bucket. */
    private Optional<Map<String, String>> tags() {
        try {
            return Optional.of(s3.getBucketTagging(request -> request.bucket(name())).tagSet().stream()
                    .collect(Collectors.toMap(Tag::key, Tag::value)));
        } catch (NoSuchBucketException _) {
            return Optional.empty();
        } catch (S3Exception failure) {
            if (Failures.hasCode(failure, "NoSuchTagSet")) {
                return Optional.of(Map.of());
            }
            if (Failures.hasCode(failure, "NoSuchBucket")) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private boolean isUploaded(String key) {
        return s3.listObjectsV2(request -> request.bucket(name()).prefix(key)).contents().stream()
                .anyMatch(object -> object.key().equals(key));
    }
}
