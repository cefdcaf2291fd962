package dev.resilient.scenario.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.FakeAws;
import dev.resilient.scenario.FakeAws.Reply;
import dev.resilient.scenario.FakeEnvironment;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;

/** AWS exists several times: in China and for governments its ARNs, and some of its names, are others. */
class PartitionTest {
    private static final Pattern PARTITION = Pattern.compile("arn:([a-z-]+):");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "us-west-2, aws, ec2.amazonaws.com",
        "cn-north-1, aws-cn, ec2.amazonaws.com.cn",
        "us-gov-west-1, aws-us-gov, ec2.amazonaws.com"
    })
    void whatever_is_named_in_a_request_is_of_the_partition(String region, String partition, String principal)
            throws IOException {
        var bodies = new ConcurrentLinkedQueue<String>();
        try (FakeAws aws = new FakeAws(Region.of(region), (operation, body) -> {
            bodies.add(URLDecoder.decode(body, StandardCharsets.UTF_8));
            return answer(operation);
        })) {
            var environment = FakeEnvironment.of(aws)
                    .withServerJar(Files.createFile(folder.resolve("server.jar")))
                    .make();
            InstanceAccess.full(environment).create();
            InstanceAccess.restricted(environment).create();
        }

        String sent = String.join("\n", bodies);
        List<String> partitions = PARTITION
                .matcher(sent)
                .results()
                .map(arn -> arn.group(1))
                .distinct()
                .toList();
        assertThat(partitions).containsExactly(partition);
        assertThat(sent)
                .contains("\"Service\":\"" + principal + "\"")
                .contains("arn:" + partition + ":iam::123456789012:policy/shop-instance-" + region)
                .contains("arn:" + partition + ":dynamodb:" + region + ":123456789012:table/shop-recommendations")
                .contains("arn:" + partition + ":ssm:" + region + ":123456789012:parameter/shop-table")
                .contains("arn:" + partition + ":s3:::shop-123456789012-" + region + "/");
    }

    private static Reply answer(String operation) {
        return new Reply(200, """
            <%1$sResponse><%1$sResult>
              <InstanceProfile><Roles><member><RoleName>shop</RoleName></member></Roles></InstanceProfile>
            </%1$sResult></%1$sResponse>\
            """.formatted(operation));
    }
}
