package dev.resilient.scenario.base;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;

/**
 * One deployment of the service: what it is called and what it is made from.
 *
 * @param name what all names derive from: 2 to {@value #LONGEST_NAME} lower-case letters, digits and single hyphens, beginning
 *     with a letter
 * @param region where it lives
 * @param servicePort the port of the load balancer and of the servers, 1 to 65535
 * @param vpcId the VPC to use; the default VPC when empty
 * @param allowedCidr the IPv4 addresses that may call the load balancer, in CIDR notation
 * @param serverJar the recommendation server, needed to deploy and not to destroy
 * @param pacing how much faster than on AWS the target's waiting goes
 * @param zones how many zones its three instances are in, 1 to 3; 3 unless one wants to see what zones are worth
 * @param guardJar the guard, if one is to run on each instance beside the server
 */
public record Deployment(
        String name,
        Region region,
        int servicePort,
        Optional<String> vpcId,
        String allowedCidr,
        Path serverJar,
        Pacing pacing,
        int zones,
        Optional<Path> guardJar) {

    /** The name of a deployment for which none is given. */
    public static final String DEFAULT_NAME = "resilient";

    /** The key of the tag by which everything of a deployment is known; its value is the deployment's name. */
    public static final String TAG = "resilient:deployment";

    static final int LONGEST_NAME = 20;

    private static final int MOST_ZONES = 3;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern VPC_ID = Pattern.compile("vpc-[0-9a-f]+");
    private static final Pattern CIDR = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

    /** Prefixes that Parameter Store, S3, EC2 or Elastic Load Balancing reserve for themselves. */
    private static final List<String> RESERVED = List.of("aws", "ssm", "internal-", "sg-", "sthree-", "amzn-s3-demo-");

    /**
     * Checks every component.
     *
     * @throws IllegalArgumentException with one sentence that says what is wrong and what would be right
     */
    public Deployment {
        requireName(name);
        require(
                servicePort >= 1 && servicePort <= 65_535,
                "The service port must be between 1 and 65535, but is " + servicePort + ".");
        vpcId.ifPresent(id -> require(
                VPC_ID.matcher(id).matches(),
                "A VPC id looks like vpc-0123456789abcdef0, but this is \"" + id + "\"."));
        require(
                zones >= 1 && zones <= MOST_ZONES,
                "A deployment is in 1 to " + MOST_ZONES + " zones, not in " + zones + ".");
        require(
                isCidr(allowedCidr),
                "The addresses that may call the service are given like 203.0.113.7/32, but this is \"" + allowedCidr
                        + "\".");
    }

    /** A deployment in three zones. */
    public Deployment(
            String name,
            Region region,
            int servicePort,
            Optional<String> vpcId,
            String allowedCidr,
            Path serverJar,
            Pacing pacing) {
        this(name, region, servicePort, vpcId, allowedCidr, serverJar, pacing, MOST_ZONES, Optional.empty());
    }

    /** The same with its instances in this many zones. */
    public Deployment inZones(int number) {
        return new Deployment(name, region, servicePort, vpcId, allowedCidr, serverJar, pacing, number, guardJar);
    }

    /** The same with a guard on each instance. */
    public Deployment guardedBy(Path jar) {
        return new Deployment(
                name, region, servicePort, vpcId, allowedCidr, serverJar, pacing, zones, Optional.of(jar));
    }

    /** The names of this deployment's resources. */
    public Names names() {
        return new Names(name, region);
    }

    private static void requireName(String name) {
        require(
                name.length() >= 2
                        && name.length() <= LONGEST_NAME
                        && NAME.matcher(name).matches(),
                "A deployment's name has 2 to " + LONGEST_NAME
                        + " lower-case letters, digits and single hyphens and begins with a letter, but this is \""
                        + name
                        + "\".");
        RESERVED.forEach(prefix -> require(
                !name.startsWith(prefix),
                "A deployment's name must not begin with \"" + prefix + "\", which AWS reserves, but this is \"" + name
                        + "\"."));
    }

    private static boolean isCidr(String text) {
        var match = CIDR.matcher(text);
        if (!match.matches()) {
            return false;
        }
        for (int octet = 1; octet <= 4; octet++) {
            if (Integer.parseInt(match.group(octet)) > 255) {
                return false;
            }
        }
        return Integer.parseInt(match.group(5)) <= 32;
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
