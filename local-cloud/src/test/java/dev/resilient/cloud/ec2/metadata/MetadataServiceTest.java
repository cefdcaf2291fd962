package dev.resilient.cloud.ec2.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.identity.RoleCredentials;
import dev.resilient.testing.ManualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.imds.Ec2MetadataClient;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.Tag;

final class MetadataServiceTest {
    private static final String TOKEN = "X-aws-ec2-metadata-token";
    private static final String TIME_TO_LIVE = "X-aws-ec2-metadata-token-ttl-seconds";
    private static final String ROOT = "/latest/meta-data/";
    private static final Instant EXPIRATION = Instant.parse("2126-01-01T18:00:00Z");

    private final ManualTime time = new ManualTime();
    private final AtomicReference<InstanceFacts> facts = new AtomicReference<>(
            facts(new Options(true, true, true), new Profile("arn:good", "AIPAGOOD", time.instant())));
    private final HttpClient http = HttpClient.newHttpClient();
    private MetadataService service;

    @BeforeEach
    void start() throws IOException {
        service = service();
    }

    @AfterEach
    void close() {
        service.close();
        http.close();
    }

    @Test
    void a_token_opens_the_metadata() throws Exception {
        HttpResponse<String> response = putToken("21600");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue(TIME_TO_LIVE)).contains("21600");
        assertThat(response.headers().firstValue("Server")).contains("EC2ws");
        assertThat(get(ROOT + "instance-id", response.body()).body()).isEqualTo("i-0123456789abcdef0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "21601", "-1", "soon", ""})
    void a_token_for_an_impossible_time_is_a_bad_request(String seconds) throws Exception {
        HttpResponse<String> response = putToken(seconds);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("<title>400 - Bad Request</title>", "<h1>400 - Bad Request</h1>");
    }

    @Test
    void a_token_without_a_time_is_a_bad_request() throws Exception {
        assertThat(send(request("/latest/api/token").PUT(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_body_that_does_not_end_is_not_waited_for() throws Exception {
        URI endpoint = service.endpoint();
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.setSoTimeout(10_000);
            String head = "PUT /latest/api/token HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\n";
            socket.getOutputStream().write((head + "x".repeat(20_000)).getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void a_forwarded_request_gets_no_token() throws Exception {
        HttpResponse<String> response = send(request("/latest/api/token")
                .header(TIME_TO_LIVE, "60")
                .header("X-Forwarded-For", "192.0.2.1")
                .PUT(HttpRequest.BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void a_token_is_only_put_and_only_at_latest() throws Exception {
        HttpResponse<String> got = send(request("/latest/api/token"));
        assertThat(got.statusCode()).isEqualTo(405);
        assertThat(got.headers().firstValue("Allow")).contains("OPTIONS, PUT");
        assertThat(send(request("/2021-07-15/api/token")
                                .header(TIME_TO_LIVE, "60")
                                .PUT(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void without_a_token_nothing_is_told_where_tokens_are_required() throws Exception {
        HttpResponse<String> response = send(request(ROOT + "instance-id"));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("<h1>401 - Unauthorized</h1>");
    }

    @Test
    void where_tokens_are_optional_none_will_do_but_a_bad_one_will_not() throws Exception {
        facts.set(facts(new Options(true, false, false), null));
        assertThat(send(request(ROOT + "instance-id")).statusCode()).isEqualTo(200);
        assertThat(get(ROOT + "instance-id", "bad").statusCode()).isEqualTo(401);
    }

    @Test
    void a_token_expires() throws Exception {
        String token = putToken("60").body();
        time.advance(Duration.ofSeconds(59));
        assertThat(get(ROOT, token).statusCode()).isEqualTo(200);
        time.advance(Duration.ofSeconds(1));
        assertThat(get(ROOT, token).statusCode()).isEqualTo(401);
    }

    @Test
    void a_token_of_one_instance_is_no_good_at_another() throws Exception {
        String token = putToken("60").body();
        try (MetadataService other = service()) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(other.endpoint().resolve(ROOT))
                            .header(TOKEN, token)
                            .build(),
                    BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void a_disabled_service_refuses_everything() throws Exception {
        facts.set(facts(new Options(false, false, false), null));
        assertThat(putToken("60").statusCode()).isEqualTo(403);
        assertThat(send(request(ROOT)).statusCode()).isEqualTo(403);
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
        HttpResponse<String> response = get(path, putToken("60").body());
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
        HttpResponse<String> response = get(path, putToken("60").body());
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .contains("encoding=\"iso-8859-1\"", "<title>404 - Not Found</title>", "<h1>404 - Not Found</h1>");
    }

    @Test
    void user_data_are_bytes_and_are_not_there_if_there_are_none() throws Exception {
        HttpResponse<byte[]> response = http.send(
                request("/latest/user-data")
                        .header(TOKEN, putToken("60").body())
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(response.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(response.body()).isEqualTo("#!/bin/bash\u00ff".getBytes(StandardCharsets.ISO_8859_1));

        facts.set(withoutUserData(facts.get()));

        assertThat(get("/latest/user-data", putToken("60").body()).statusCode()).isEqualTo(404);
        assertThat(get("/latest/", putToken("60").body()).body()).isEqualTo("dynamic\nmeta-data");
    }

    @Test
    void the_metadata_list_their_directories_with_a_slash_and_end_without_a_newline() throws Exception {
        assertThat(get(ROOT, putToken("60").body()).body().split("\n"))
                .contains("ami-id", "events/", "iam/", "network/", "placement/", "public-keys/", "services/", "tags/")
                .isSorted();
        assertThat(get(ROOT, putToken("60").body()).body()).doesNotEndWith("\n");
        assertThat(get("/", putToken("60").body()).body().split("\n"))
                .startsWith("1.0", "2007-01-19")
                .endsWith("latest");
    }

    @Test
    void tags_are_shown_only_where_they_may_be() throws Exception {
        facts.set(facts(new Options(true, true, false), null));
        assertThat(get(ROOT + "tags/instance/Name", putToken("60").body()).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 21600})
    void a_token_may_last_from_a_second_to_six_hours(int seconds) throws Exception {
        String token = putToken(String.valueOf(seconds)).body();
        time.advance(Duration.ofSeconds(seconds).minusMillis(1));
        assertThat(get(ROOT, token).statusCode()).isEqualTo(200);
        time.advance(Duration.ofMillis(1));
        assertThat(get(ROOT, token).statusCode()).isEqualTo(401);
    }

    private static InstanceFacts withoutUserData(InstanceFacts facts) {
        return new InstanceFacts(
                facts.instance(),
                facts.reservationId(),
                facts.account(),
                facts.subnetBlock(),
                facts.vpcBlock(),
                null,
                facts.publicKey(),
                facts.associated());
    }

    @Test
    void an_instance_without_profile_has_no_iam() throws Exception {
        facts.set(facts(new Options(true, true, false), null));
        String token = putToken("60").body();
        assertThat(get(ROOT + "iam/", token).statusCode()).isEqualTo(404);
        assertThat(get(ROOT + "iam/info", token).statusCode()).isEqualTo(404);
        assertThat(get(ROOT, token).body()).doesNotContain("iam/", "tags/");
    }

    @Test
    void a_new_profile_is_seen_at_once() throws Exception {
        String token = putToken("60").body();
        assertThat(json(get(ROOT + "iam/info", token)).get("InstanceProfileArn").asText())
                .isEqualTo("arn:good");

        facts.set(facts(new Options(true, true, true), new Profile("arn:other", "AIPAOTHER", time.instant())));

        assertThat(json(get(ROOT + "iam/info", token)).get("InstanceProfileArn").asText())
                .isEqualTo("arn:other");
        assertThat(get(ROOT + "iam/security-credentials/", token).body()).isEqualTo("other-role");
        assertThat(get(ROOT + "iam/security-credentials/good-role", token).statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_role_that_cannot_be_assumed_says_why() throws Exception {
        facts.set(facts(new Options(true, true, true), new Profile("arn:refused", "AIPAREFUSED", time.instant())));
        JsonNode refusal = json(get(
                ROOT + "iam/security-credentials/refused-role", putToken("60").body()));
        assertThat(refusal.get("Code").asText()).isEqualTo("AssumeRoleUnauthorizedAccess");
        assertThat(refusal.get("LastUpdated").asText()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(refusal.has("AccessKeyId")).isFalse();
    }

    @Test
    void the_identity_document_says_what_the_instance_is() throws Exception {
        JsonNode document = json(
                get("/latest/dynamic/instance-identity/document", putToken("60").body()));
        assertThat(document.get("instanceId").asText()).isEqualTo("i-0123456789abcdef0");
        assertThat(document.get("availabilityZone").asText()).isEqualTo("us-west-2b");
        assertThat(document.get("region").asText()).isEqualTo("us-west-2");
        assertThat(document.get("accountId").asText()).isEqualTo("123456789012");
        assertThat(document.get("pendingTime").asText()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(document.get("kernelId").isNull()).isTrue();
    }

    @Test
    void HEAD_is_like_GET_without_a_body() throws Exception {
        String token = putToken("60").body();
        HttpResponse<String> response =
                send(request(ROOT + "instance-id").header(TOKEN, token).HEAD());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void other_methods_are_not_allowed() throws Exception {
        String token = putToken("60").body();
        assertThat(send(request(ROOT).header(TOKEN, token).DELETE()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void the_SDKs_metadata_client_reads_it() {
        try (Ec2MetadataClient client = Ec2MetadataClient.builder()
                .endpoint(service.endpoint())
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
                .endpoint(service.endpoint().toString())
                .build()) {
            AwsCredentials credentials = provider.resolveCredentials();
            assertThat(credentials.accessKeyId()).isEqualTo("ASIAGOOD");
            assertThat(((AwsSessionCredentials) credentials).sessionToken()).isEqualTo("session");
        }
    }

    private MetadataService service() throws IOException {
        return MetadataService.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                facts::get,
                this::credentials,
                time,
                new Ids(new Random(1)));
    }

    private RoleCredentials credentials(String profileArn, String instanceId) {
        String name = profileArn.substring("arn:".length());
        return name.equals("refused")
                ? new RoleCredentials.NotTrusted("refused-role", time.instant())
                : new RoleCredentials.Issued(
                        name + "-role", "ASIAGOOD", "secret", "session", time.instant(), EXPIRATION);
    }

    private record Options(boolean enabled, boolean tokensRequired, boolean showsTags) {}

    private record Profile(String arn, String id, Instant since) {}

    private InstanceFacts facts(Options options, @Nullable Profile profile) {
        List<GroupIdentifier> groups = List.of(group("sg-1", "web"), group("sg-2", "default"));
        Instance instance = Instance.builder()
                .instanceId("i-0123456789abcdef0")
                .amiLaunchIndex(0)
                .imageId("ami-0")
                .instanceType("t3.micro")
                .architecture("x86_64")
                .launchTime(time.instant())
                .keyName("mine")
                .privateIpAddress("127.31.16.4")
                .placement(each -> each.availabilityZone("us-west-2b").availabilityZoneId("usw2-az2"))
                .networkInterfaces(InstanceNetworkInterface.builder()
                        .networkInterfaceId("eni-0")
                        .macAddress("02:00:00:00:00:01")
                        .ownerId("123456789012")
                        .privateIpAddress("127.31.16.4")
                        .privateDnsName("ip-127-31-16-4.us-west-2.compute.internal")
                        .subnetId("subnet-0")
                        .vpcId("vpc-0")
                        .groups(groups)
                        .build())
                .tags(tag("Name", "value"), tag("Ort", "K\u00f6ln"))
                .iamInstanceProfile(
                        profile == null
                                ? null
                                : IamInstanceProfile.builder()
                                        .arn(profile.arn())
                                        .id(profile.id())
                                        .build())
                .metadataOptions(each -> each.httpEndpoint(options.enabled() ? "enabled" : "disabled")
                        .httpTokens(options.tokensRequired() ? "required" : "optional")
                        .instanceMetadataTags(options.showsTags() ? "enabled" : "disabled"))
                .build();
        return new InstanceFacts(
                instance,
                "r-0",
                Account.inRegion("us-west-2"),
                "127.31.16.0/20",
                "127.31.0.0/16",
                "#!/bin/bash\u00ff",
                "ssh-ed25519 AAAA mine",
                profile == null ? null : profile.since());
    }

    private static GroupIdentifier group(String id, String name) {
        return GroupIdentifier.builder().groupId(id).groupName(name).build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(service.endpoint() + path));
    }

    private HttpResponse<String> putToken(String seconds) throws Exception {
        return send(
                request("/latest/api/token").header(TIME_TO_LIVE, seconds).PUT(HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        return send(request(path).header(TOKEN, token));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }
}
