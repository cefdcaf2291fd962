package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.ScenarioException;
import dev.resilient.scenario.base.Waiting.Sight;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
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

/** The private bucket with the server's jar, under a key that contains the SHA-256 of its content. */
final class ServerArtifact implements Resource {
    private static final String KEY_PREFIX = "recommendation-server-";
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

    /** The SHA-256 of the jar, in lower-case hexadecimal digits. */
    String sha256() {
        Path jar = environment.deployment().serverJar();
        try (InputStream content = Files.newInputStream(jar);
                var digesting = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (IOException unreadable) {
            throw new ScenarioException(
                    "The recommendation server's jar cannot be read from %s: build the project first.".formatted(jar),
                    unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** The key of the jar in the bucket. */
    String key() {
        return KEY_PREFIX + sha256() + ".jar";
    }

    /** The ARN of whichever jar is in the bucket: a policy that names it stays right when another one is deployed. */
    String objectArn() {
        return "arn:" + environment.aws().account().partition() + ":s3:::" + name() + "/" + KEY_PREFIX + "*";
    }

    @Override
    public void claim() {
        tags().filter(tags -> !isOurs(tags)).ifPresent(tags -> ownership.require(tags, kind(), name()));
    }

    @Override
    public Creation create() {
        String key = key();
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
        if (!isUploaded(key)) {
            s3.putObject(
                    request -> request.bucket(name()).key(key).contentType("application/java-archive"),
                    RequestBody.fromFile(environment.deployment().serverJar()));
        }
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
        return tags.isEmpty() ? holdsNothingButServers() : ownership.isOurs(tags);
    }

    private boolean holdsNothingButServers() {
        return s3.listObjectsV2Paginator(request -> request.bucket(name())).contents().stream()
                .allMatch(object -> object.key().startsWith(KEY_PREFIX));
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
