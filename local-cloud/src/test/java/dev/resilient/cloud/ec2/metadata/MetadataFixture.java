package dev.resilient.cloud.ec2.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.identity.RoleCredentials;
import dev.resilient.testing.ManualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The metadata service of one instance, of which tests say what it shows, and a client of it. */
final class MetadataFixture implements AutoCloseable {
    static final String TOKEN = "X-aws-ec2-metadata-token";
    static final String TIME_TO_LIVE = "X-aws-ec2-metadata-token-ttl-seconds";
    static final String ROOT = "/latest/meta-data/";
    private static final Instant EXPIRATION = Instant.parse("2126-01-01T18:00:00Z");

    final ManualTime time = new ManualTime();
    private final AtomicReference<InstanceFacts> facts = new AtomicReference<>(
            facts(new Options(true, true, true), new Profile("arn:good", "AIPAGOOD", time.instant())));
    private final HttpClient http = HttpClient.newHttpClient();
    private final MetadataService service = anotherService();

    record Options(boolean enabled, boolean tokensRequired, boolean showsTags) {}

    record Profile(String arn, String id, Instant since) {}

    /** From here on the instance has these options and this profile. */
    void shows(Options options, @Nullable Profile profile) {
        facts.set(facts(options, profile));
    }

    void showsNoUserData() {
        facts.set(withoutUserData(facts.get()));
    }

    URI endpoint() {
        return service.endpoint();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(service.endpoint() + path));
    }

    HttpResponse<String> putToken(String seconds) throws Exception {
        return send(
                request("/latest/api/token").header(TIME_TO_LIVE, seconds).PUT(HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<String> get(String path, String token) throws Exception {
        return send(request(path).header(TOKEN, token));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return send(request, BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) throws Exception {
        return http.send(request.build(), handler);
    }

    static JsonNode json(HttpResponse<String> response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }

    /** A service for an instance of the same facts, whose tokens are its own. */
    MetadataService anotherService() {
        try {
            return MetadataService.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    facts::get,
                    this::credentials,
                    time,
                    new Ids(new Random(1)));
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    private RoleCredentials credentials(String profileArn, String instanceId) {
        String name = profileArn.substring("arn:".length());
        return name.equals("refused")
                ? new RoleCredentials.NotTrusted("refused-role", time.instant())
                : new RoleCredentials.Issued(
                        name + "-role", "ASIAGOOD", "secret", "session", time.instant(), EXPIRATION);
    }

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

    private static GroupIdentifier group(String id, String name) {
        return GroupIdentifier.builder().groupId(id).groupName(name).build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @Override
    public void close() {
        service.close();
        http.close();
    }
}
