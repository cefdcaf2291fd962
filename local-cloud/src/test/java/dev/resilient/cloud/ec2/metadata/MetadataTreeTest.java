package dev.resilient.cloud.ec2.metadata;

import static dev.resilient.cloud.ec2.metadata.MetadataFixture.ROOT;
import static dev.resilient.cloud.ec2.metadata.MetadataFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resilient.cloud.ec2.metadata.MetadataFixture.Options;
import dev.resilient.cloud.ec2.metadata.MetadataFixture.Profile;
import dev.resilient.testing.ManualTime;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.imds.Ec2MetadataClient;

/** What the metadata service tells those who have a token: the tree of paths and everything that hangs on it. */
final class MetadataTreeTest {
    private final MetadataFixture metadata = new MetadataFixture();
    private final ManualTime time = metadata.time;

    @AfterEach
    void close() {
        metadata.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/latest/meta-data/placement/, 'availability-zone\navailability-zone-id\nregion'",
        "/latest/meta-data/placement, 'availability-zone\navailability-zone-id\nregion'",
        "/latest/meta-data/iam/, 'info\nsecurity-credentials/'",
        "/latest/meta-data/iam/security-credentials/, good-role",
        "/latest/, 'dynamic\nmeta-data\nuser-data'",
        "/latest/meta-data/placement/availability-zone, us-west-2b",
        "/2021-07-15/meta-data/placement/region, us-west-2",
        "/latest/meta-data/network/interfaces/macs/, 02:00:00:00:00:01/",
        "/latest/meta-data/network/interfaces/macs/02:00:00:00:00:01/subnet-id, subnet-0",
        "/latest/meta-data/security-groups, 'web\ndefault'",
        "/latest/meta-data/tags/instance/, 'Name\nOrt'",
        "/latest/meta-data/tags/instance/Name, value",
        "/latest/meta-data/tags/instance/Ort, K\u00f6ln",
        "/latest/meta-data/ami-id, ami-0",
        "/latest/meta-data/ami-launch-index, 0",
        "/latest/meta-data/events/maintenance/scheduled, []",
        "/latest/meta-data/hostname, ip-127-31-16-4.us-west-2.compute.internal",
        "/latest/meta-data/instance-action, none",
        "/latest/meta-data/instance-id, i-0123456789abcdef0",
        "/latest/meta-data/instance-id/, i-0123456789abcdef0",
        "//latest/meta-data/instance-id, i-0123456789abcdef0",
        "/latest/meta-data/instance-life-cycle, on-demand",
        "/latest/meta-data/instance-type, t3.micro",
        "/latest/meta-data/local-hostname, ip-127-31-16-4.us-west-2.compute.internal",
        "/latest/meta-data/local-ipv4, 127.31.16.4",
        "/latest/meta-data/mac, 02:00:00:00:00:01",
        "/latest/meta-data/network/, interfaces/",
        "/latest/meta-data/network/interfaces/macs/02:00:00:00:00:01/device-number, 0",
        "/latest/meta-data/network/interfaces/macs/02:00:00:00:00:01/owner-id, 123456789012",
        "/latest/meta-data/placement/availability-zone-id, usw2-az2",
        "/latest/meta-data/public-keys/, 0=mine",
        "/latest/meta-data/public-keys, 0=mine",
        "/latest/meta-data/public-keys/0/, openssh-key",
        "/latest/meta-data/public-keys/0/openssh-key, ssh-ed25519 AAAA mine",
        "/latest/meta-data/reservation-id, r-0",
        "/latest/meta-data/services/domain, amazonaws.com",
        "/latest/meta-data/services/partition, aws",
        "/latest/dynamic/, instance-identity/",
        "/latest/dynamic/instance-identity/, document",
        "/1.0/, 'dynamic\nmeta-data\nuser-data'",
    })
    void every_path_says_what_is_there(String path, String body) throws Exception {
        HttpResponse<String> response =
                metadata.get(path, metadata.putToken("60").body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/latest/meta-data/nothing",
                "/latest/meta-data/iam/security-credentials-extended/",
                "/latest/meta-data/iam/security-credentials/other-role",
                "/latest/meta-data/spot/instance-action",
                "/latest/dynamic/instance-identity/signature",
                "/latest/meta-data/public-keys/1/openssh-key",
                "/latest/meta-data/tags/instance/Nothing",
                "/latest/meta-data/autoscaling/target-lifecycle-state",
                "/latest/dynamic/instance-identity/pkcs7",
                "/latest/nothing",
                "/never/meta-data/",
                "/2099-01-01/meta-data/",
            })
    void what_is_not_there_is_not_found(String path) throws Exception {
        HttpResponse<String> response =
                metadata.get(path, metadata.putToken("60").body());
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .contains("encoding=\"iso-8859-1\"", "<title>404 - Not Found</title>", "<h1>404 - Not Found</h1>");
    }

    @Test
    void user_data_are_bytes_and_are_not_there_if_there_are_none() throws Exception {
        HttpResponse<byte[]> response = metadata.send(
                metadata.request("/latest/user-data")
                        .header(TOKEN, metadata.putToken("60").body()),
                BodyHandlers.ofByteArray());
        assertThat(response.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(response.body()).isEqualTo("#!/bin/bash\u00ff".getBytes(StandardCharsets.ISO_8859_1));

        metadata.showsNoUserData();

        assertThat(metadata.get("/latest/user-data", metadata.putToken("60").body())
                        .statusCode())
                .isEqualTo(404);
        assertThat(metadata.get("/latest/", metadata.putToken("60").body()).body())
                .isEqualTo("dynamic\nmeta-data");
    }

    @Test
    void the_metadata_list_their_directories_with_a_slash_and_end_without_a_newline() throws Exception {
        assertThat(metadata.get(ROOT, metadata.putToken("60").body()).body().split("\n"))
                .contains("ami-id", "events/", "iam/", "network/", "placement/", "public-keys/", "services/", "tags/")
                .isSorted();
        assertThat(metadata.get(ROOT, metadata.putToken("60").body()).body()).doesNotEndWith("\n");
        assertThat(metadata.get("/", metadata.putToken("60").body()).body().split("\n"))
                .startsWith("1.0", "2007-01-19")
                .endsWith("latest");
    }

    @Test
    void tags_are_shown_only_where_they_may_be() throws Exception {
        metadata.shows(new Options(true, true, false), null);
        assertThat(metadata.get(
                                ROOT + "tags/instance/Name",
                                metadata.putToken("60").body())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void an_instance_without_profile_has_no_iam() throws Exception {
        metadata.shows(new Options(true, true, false), null);
        String token = metadata.putToken("60").body();
        assertThat(metadata.get(ROOT + "iam/", token).statusCode()).isEqualTo(404);
        assertThat(metadata.get(ROOT + "iam/info", token).statusCode()).isEqualTo(404);
        assertThat(metadata.get(ROOT, token).body()).doesNotContain("iam/", "tags/");
    }

    @Test
    void a_new_profile_is_seen_at_once() throws Exception {
        String token = metadata.putToken("60").body();
        assertThat(MetadataFixture.json(metadata.get(ROOT + "iam/info", token))
                        .get("InstanceProfileArn")
                        .asText())
                .isEqualTo("arn:good");

        metadata.shows(new Options(true, true, true), new Profile("arn:other", "AIPAOTHER", time.instant()));

        assertThat(MetadataFixture.json(metadata.get(ROOT + "iam/info", token))
                        .get("InstanceProfileArn")
                        .asText())
                .isEqualTo("arn:other");
        assertThat(metadata.get(ROOT + "iam/security-credentials/", token).body())
                .isEqualTo("other-role");
        assertThat(metadata.get(ROOT + "iam/security-credentials/good-role", token)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_role_that_cannot_be_assumed_says_why() throws Exception {
        metadata.shows(new Options(true, true, true), new Profile("arn:refused", "AIPAREFUSED", time.instant()));
        JsonNode refusal = MetadataFixture.json(metadata.get(
                ROOT + "iam/security-credentials/refused-role",
                metadata.putToken("60").body()));
        assertThat(refusal.get("Code").asText()).isEqualTo("AssumeRoleUnauthorizedAccess");
        assertThat(refusal.get("LastUpdated").asText()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(refusal.has("AccessKeyId")).isFalse();
    }

    @Test
    void the_identity_document_says_what_the_instance_is() throws Exception {
        JsonNode document = MetadataFixture.json(metadata.get(
                "/latest/dynamic/instance-identity/document",
                metadata.putToken("60").body()));
        assertThat(document.get("instanceId").asText()).isEqualTo("i-0123456789abcdef0");
        assertThat(document.get("availabilityZone").asText()).isEqualTo("us-west-2b");
        assertThat(document.get("region").asText()).isEqualTo("us-west-2");
        assertThat(document.get("accountId").asText()).isEqualTo("123456789012");
        assertThat(document.get("pendingTime").asText()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(document.get("kernelId").isNull()).isTrue();
    }

    @Test
    void HEAD_is_like_GET_without_a_body() throws Exception {
        String token = metadata.putToken("60").body();
        HttpResponse<String> response = metadata.send(
                metadata.request(ROOT + "instance-id").header(TOKEN, token).HEAD());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void other_methods_are_not_allowed() throws Exception {
        String token = metadata.putToken("60").body();
        assertThat(metadata.send(metadata.request(ROOT).header(TOKEN, token).DELETE())
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void the_SDKs_metadata_client_reads_it() {
        try (Ec2MetadataClient client = Ec2MetadataClient.builder()
                .endpoint(metadata.endpoint())
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            assertThat(client.get("/latest/meta-data/placement/availability-zone")
                            .asString())
                    .isEqualTo("us-west-2b");
            assertThat(client.get("/latest/meta-data/placement/").asList())
                    .containsExactly("availability-zone", "availability-zone-id", "region");
        }
    }

    @Test
    void the_SDKs_credentials_provider_reads_it() {
        try (InstanceProfileCredentialsProvider provider = InstanceProfileCredentialsProvider.builder()
                .endpoint(metadata.endpoint().toString())
                .build()) {
            AwsCredentials credentials = provider.resolveCredentials();
            assertThat(credentials.accessKeyId()).isEqualTo("ASIAGOOD");
            assertThat(((AwsSessionCredentials) credentials).sessionToken()).isEqualTo("session");
        }
    }
}
