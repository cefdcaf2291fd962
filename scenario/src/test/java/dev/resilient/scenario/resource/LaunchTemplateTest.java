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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;

class LaunchTemplateTest {
    private static final Pattern USER_DATA = Pattern.compile("LaunchTemplateData\\.UserData=([^&]*)");

    @TempDir
    private Path folder;

    private final List<String> userData = new ArrayList<>();
    private final FakeAws aws = fake();
    private int defaultVersion = 1;

    @BeforeEach
    void deployOnce() throws IOException {
        jar("the first server");
        assertThat(template().create()).isEqualTo(Resource.Creation.CREATED);
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void another_server_makes_another_default_version() throws IOException {
        jar("the second server");
        assertThat(template().create()).isEqualTo(Resource.Creation.CREATED);
        assertThat(userData).hasSize(2).doesNotHaveDuplicates();
        assertThat(defaultVersion).isEqualTo(2);
    }

    @Test
    void the_same_server_leaves_it_as_it_is() {
        assertThat(template().create()).isEqualTo(Resource.Creation.FOUND);
        assertThat(userData).hasSize(1);
        assertThat(defaultVersion).isEqualTo(1);
    }

    private void jar(String content) throws IOException {
        Files.writeString(folder.resolve("server.jar"), content);
    }

    private Resource template() {
        return new LaunchTemplate(FakeEnvironment.of(aws)
                .withServerJar(folder.resolve("server.jar"))
                .make());
    }

    private FakeAws fake() {
        try {
            return new FakeAws(this::answer);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private Reply answer(String operation, String body) {
        return new Reply(
                200,
                switch (operation) {
                    case "GetCallerIdentity" ->
                        FakeEnvironment.caller(Region.US_WEST_2).body();
                    case "GetParameter" -> "{\"Parameter\": {\"Value\": \"ami-1\"}}";
                    case "DescribeVpcs" ->
                        "<DescribeVpcsResponse><vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet></DescribeVpcsResponse>";
                    case "DescribeSecurityGroups" -> """
                        <DescribeSecurityGroupsResponse><securityGroupInfo><item>
                          <groupId>sg-1</groupId><groupName>shop-instances</groupName><tagSet>%s</tagSet>
                        </item></securityGroupInfo></DescribeSecurityGroupsResponse>\
                        """.formatted(tag());
                    case "DescribeLaunchTemplates" ->
                        """
                        <DescribeLaunchTemplatesResponse><launchTemplates>%s</launchTemplates>\
                        </DescribeLaunchTemplatesResponse>\
                        """.formatted(userData.isEmpty() ? "" : "<item><tagSet>" + tag() + "</tagSet></item>");
                    case "CreateLaunchTemplate" -> {
                        userData.add(userDataIn(body));
                        yield "<CreateLaunchTemplateResponse/>";
                    }
                    case "DescribeLaunchTemplateVersions" -> """
                        <DescribeLaunchTemplateVersionsResponse><launchTemplateVersionSet><item><launchTemplateData>
                          <imageId>ami-1</imageId><instanceType>t3.micro</instanceType>
                          <securityGroupIdSet><item>sg-1</item></securityGroupIdSet><userData>%s</userData>
                        </launchTemplateData></item></launchTemplateVersionSet></DescribeLaunchTemplateVersionsResponse>\
                        """.formatted(userData.get(defaultVersion - 1));
                    case "CreateLaunchTemplateVersion" -> {
                        userData.add(userDataIn(body));
                        yield """
                            <CreateLaunchTemplateVersionResponse><launchTemplateVersion>
                              <versionNumber>%d</versionNumber>
                            </launchTemplateVersion></CreateLaunchTemplateVersionResponse>\
                            """.formatted(userData.size());
                    }
                    case "ModifyLaunchTemplate" -> {
                        defaultVersion = Integer.parseInt(body.replaceAll("(?s).*SetDefaultVersion=(\\d+).*", "$1"));
                        yield "<ModifyLaunchTemplateResponse/>";
                    }
                    default -> throw new AssertionError(operation);
                });
    }

    private static String tag() {
        return "<item><key>resilient:deployment</key><value>shop</value></item>";
    }

    private static String userDataIn(String body) {
        Optional<MatchResult> match = USER_DATA.matcher(body).results().findFirst();
        return URLDecoder.decode(match.orElseThrow().group(1), StandardCharsets.UTF_8);
    }
}
