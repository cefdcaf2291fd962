package dev.resilient.cloud.ec2.metadata;

import dev.resilient.cloud.ec2.metadata.InstanceCredentials.Answer;
import dev.resilient.cloud.ec2.metadata.InstanceCredentials.Issued;
import dev.resilient.cloud.ec2.metadata.InstanceCredentials.NoRole;
import dev.resilient.cloud.ec2.metadata.InstanceCredentials.Refused;
import dev.resilient.cloud.ec2.metadata.InstanceFacts.NetworkInterface;
import dev.resilient.cloud.ec2.metadata.InstanceFacts.Profile;
import dev.resilient.cloud.ec2.metadata.InstanceFacts.PublicKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The paths of an instance's metadata and what is at each, as of one moment. Directories are implied by the paths below them.
 * Only what this cloud has a true value for is there.
 */
final class MetadataTree {
    private static final String META_DATA = "meta-data/";

    /** A path that ends with a slash is a directory which lists something else than its entries. */
    private final TreeMap<String, String> leaves = new TreeMap<>();

    MetadataTree(InstanceFacts facts, InstanceCredentials credentials) {
        addIdentity(facts.identity());
        addPlacement(facts.placement());
        addNetwork(facts.networkInterface(), facts.identity().accountId());
        if (facts.options().showsTags()) {
            facts.tags().forEach((key, value) -> addMetaData("tags/instance/" + key, bytes(value)));
        }
        Profile profile = facts.profile();
        if (profile != null) {
            addProfile(profile, credentials.of(profile.arn(), facts.identity().instanceId()));
        }
        PublicKey key = facts.publicKey();
        if (key != null) {
            addMetaData("public-keys/", "0=" + bytes(key.name()));
            addMetaData("public-keys/0/openssh-key", bytes(key.text()));
        }
        String userData = facts.userData();
        if (userData != null) {
            leaves.put("user-data", userData);
        }
        leaves.put("dynamic/instance-identity/document", MetadataDocuments.identity(facts));
    }

    /**
     * What is at a path below a version, as {@code meta-data/instance-id}: a value, or for a directory its entries. A slash at
     * the end makes no difference. Empty if there is nothing.
     */
    Optional<String> find(String path) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String value = leaves.get(plain);
        String directory = leaves.get(plain + "/");
        return Optional.ofNullable(value == null ? directory : value).or(() -> list(path));
    }

    private Optional<String> list(String path) {
        String directory = path.isEmpty() || path.endsWith("/") ? path : path + "/";
        TreeSet<String> entries = new TreeSet<>();
        for (String leaf : leaves.tailMap(directory).keySet()) {
            if (!leaf.startsWith(directory)) {
                break;
            }
            String rest = leaf.substring(directory.length());
            int slash = rest.indexOf('/');
            // The entries of the root are the only directories that are listed without a slash.
            entries.add(slash < 0 ? rest : rest.substring(0, directory.isEmpty() ? slash : slash + 1));
        }
        return entries.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", entries));
    }

    private void addIdentity(InstanceFacts.Identity identity) {
        addMetaData("events/maintenance/history", "[]");
        addMetaData("events/maintenance/scheduled", "[]");
        addMetaData("hibernation/configured", "false");
        addMetaData("ami-id", identity.imageId());
        addMetaData("ami-launch-index", String.valueOf(identity.launchIndex()));
        addMetaData("instance-id", identity.instanceId());
        addMetaData("instance-life-cycle", "on-demand");
        addMetaData("instance-type", identity.instanceType());
        addMetaData("reservation-id", identity.reservationId());
        addMetaData("instance-action", "none");
    }

    private void addPlacement(InstanceFacts.Placement placement) {
        addMetaData("placement/availability-zone", placement.zone());
        addMetaData("placement/availability-zone-id", placement.zoneId());
        addMetaData("placement/region", placement.region());
        addMetaData("services/domain", "amazonaws.com");
        addMetaData("services/partition", "aws");
    }

    private void addNetwork(NetworkInterface network, String accountId) {
        addMetaData("hostname", network.hostname());
        addMetaData("local-hostname", network.hostname());
        addMetaData("local-ipv4", network.address());
        addMetaData("public-ipv4", network.address());
        addMetaData("mac", network.mac());
        addMetaData("security-groups", String.join("\n", network.groupNames()));
        String own = "network/interfaces/macs/" + network.mac() + "/";
        addMetaData(own + "device-number", "0");
        addMetaData(own + "interface-id", network.id());
        addMetaData(own + "local-hostname", network.hostname());
        addMetaData(own + "local-ipv4s", network.address());
        addMetaData(own + "mac", network.mac());
        addMetaData(own + "owner-id", accountId);
        addMetaData(own + "public-ipv4s", network.address());
        addMetaData(own + "security-group-ids", String.join("\n", network.groupIds()));
        addMetaData(own + "security-groups", String.join("\n", network.groupNames()));
        addMetaData(own + "subnet-id", network.subnetId());
        addMetaData(own + "subnet-ipv4-cidr-block", network.subnetBlock());
        addMetaData(own + "vpc-id", network.vpcId());
        addMetaData(own + "vpc-ipv4-cidr-block", network.vpcBlock());
        addMetaData(own + "vpc-ipv4-cidr-blocks", network.vpcBlock());
    }

    private void addProfile(Profile profile, Answer answer) {
        addMetaData("iam/info", MetadataDocuments.profile(profile));
        switch (answer) {
            case NoRole nothing -> {}
            case Issued issued ->
                addMetaData("iam/security-credentials/" + issued.roleName(), MetadataDocuments.credentials(issued));
            case Refused refused ->
                addMetaData("iam/security-credentials/" + refused.roleName(), MetadataDocuments.refusal(refused));
        }
    }

    /** Characters stand for bytes here, and AWS sends UTF-8. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private void addMetaData(String path, String value) {
        leaves.put(META_DATA + path, value);
    }
}
