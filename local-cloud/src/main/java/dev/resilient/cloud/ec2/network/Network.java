package dev.resilient.cloud.ec2.network;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.ec2.tag.Tags;
import dev.resilient.wire.ServiceError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetState;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcState;

/**
 * The default VPC of the account: 127.31.0.0/16, with one default subnet of 4096 addresses for each zone. Every address is a
 * loopback address of this machine. Instances and load balancers take theirs from here. Thread-safe.
 */
public final class Network implements AutoCloseable {
    private static final Cidr BLOCK = Cidr.parse("127.31.0.0/16");
    private static final int SUBNET_PREFIX = 20;
    private static final int SUBNET_SIZE = 1 << (32 - SUBNET_PREFIX);

    private final Account account;
    private final Tags tags;
    private final String vpcId;
    private final Map<String, DefaultSubnet> subnets = new LinkedHashMap<>();

    /** The network of an account, of which no address is taken yet; {@code random} says which are taken first. */
    public Network(Account account, Tags tags, RandomGenerator random) {
        this.account = account;
        this.tags = tags;
        this.vpcId = Ids.lasting("vpc", account.id() + account.region());
        for (String zone : account.zones()) {
            Cidr block = new Cidr(BLOCK.address(subnets.size() * SUBNET_SIZE), SUBNET_PREFIX);
            String id = Ids.lasting("subnet", account.id() + zone);
            subnets.put(id, new DefaultSubnet(id, zone, block, new AddressPool(block, random)));
        }
        tags.register("vpc-", "vpc", this::requireVpc);
        tags.register("subnet-", "subnet", this::subnet);
    }

    /** The default VPC. */
    public Vpc defaultVpc() {
        return Vpc.builder()
                .vpcId(vpcId)
                .cidrBlock(BLOCK.toString())
                .isDefault(true)
                .state(VpcState.AVAILABLE)
                .ownerId(account.id())
                .instanceTenancy("default")
                .tags(tags.of(vpcId))
                .build();
    }

    /** Every subnet, in the order of the zones. */
    public List<Subnet> subnets() {
        return subnets.values().stream().map(this::render).toList();
    }

    /**
     * The subnet with this id.
     *
     * @throws ServiceError {@code InvalidSubnetID.NotFound} if there is none
     */
    public Subnet subnet(String id) {
        return render(find(id));
    }

    /** The default subnet of a zone, by its name or id; empty if the account has no such zone. */
    public Optional<Subnet> defaultSubnet(String zone) {
        return subnets.values().stream()
                .filter(subnet ->
                        subnet.zone.equals(zone) || zoneId(subnet.zone).equals(zone))
                .findFirst()
                .map(this::render);
    }

    /**
     * Takes an address of a subnet. It is nobody else's, on the whole machine, until it is released.
     *
     * @throws ServiceError {@code InvalidSubnetID.NotFound}, or {@code InsufficientFreeAddressesInSubnet}
     */
    public String allocateAddress(String subnetId) {
        return find(subnetId)
                .pool
                .allocate()
                .orElseThrow(() -> ServiceError.badRequest(
                        "InsufficientFreeAddressesInSubnet",
                        "There are not enough free addresses in subnet '" + subnetId
                                + "' to satisfy the requested number of instances."));
    }

    /**
     * Takes an address that a resource had before the cloud was started again; another one of the subnet if somebody else has it.
     *
     * @throws ServiceError as {@link #allocateAddress}
     */
    public String reclaimAddress(String subnetId, String address) {
        return find(subnetId).pool.allocate(address).orElseGet(() -> allocateAddress(subnetId));
    }

    /** Gives an address back; one that nobody holds is ignored. */
    public void releaseAddress(String address) {
        for (DefaultSubnet subnet : subnets.values()) {
            if (subnet.pool.release(address)) {
                return;
            }
        }
    }

    /** The id that a zone has in every account: {@code usw2-az1} for the first zone of us-west-2. */
    public String zoneId(String zone) {
        String[] parts = account.region().split("-");
        String direction = parts[parts.length - 2]
                .replace("north", "n")
                .replace("south", "s")
                .replace("east", "e")
                .replace("west", "w")
                .replace("central", "c");
        return parts[0] + direction + parts[parts.length - 1] + "-az"
                + (account.zones().indexOf(zone) + 1);
    }

    /** The private host name of an address: {@code ip-127-31-0-4.us-west-2.compute.internal}. */
    public String hostname(String address) {
        return "ip-" + address.replace('.', '-') + "." + account.region() + ".compute.internal";
    }

    /** Refuses the id of a VPC that does not exist. */
    public void requireVpc(String id) {
        refuseIf(
                !id.equals(vpcId),
                () -> ServiceError.badRequest("InvalidVpcID.NotFound", "The vpc ID '" + id + "' does not exist"));
    }

    /** Ends every claim on an address. */
    @Override
    public void close() {
        subnets.values().forEach(subnet -> subnet.pool.close());
    }

    private DefaultSubnet find(String id) {
        DefaultSubnet subnet = subnets.get(id);
        if (subnet == null) {
            throw ServiceError.badRequest("InvalidSubnetID.NotFound", "The subnet ID '" + id + "' does not exist");
        }
        return subnet;
    }

    private Subnet render(DefaultSubnet subnet) {
        return Subnet.builder()
                .subnetId(subnet.id)
                .subnetArn(account.arn("ec2", "subnet/" + subnet.id))
                .vpcId(vpcId)
                .availabilityZone(subnet.zone)
                .availabilityZoneId(zoneId(subnet.zone))
                .cidrBlock(subnet.block.toString())
                .availableIpAddressCount(subnet.pool.available())
                .defaultForAz(true)
                .mapPublicIpOnLaunch(true)
                .assignIpv6AddressOnCreation(false)
                .state(SubnetState.AVAILABLE)
                .ownerId(account.id())
                .tags(tags.of(subnet.id))
                .build();
    }

    private record DefaultSubnet(String id, String zone, Cidr block, AddressPool pool) {}
}
