package dev.resilient.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.cloud.ec2.securitygroup.SecurityGroups;
import dev.resilient.wire.ServiceError;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleUpdate;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

final class SecurityGroupsTest {

    @TempDir
    Path directory;

    private Ec2Fixture cloud;
    private SecurityGroups groups;

    @BeforeEach
    void start() {
        cloud = new Ec2Fixture(directory);
        groups = cloud.ec2.securityGroups();
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @ParameterizedTest
    @CsvSource({
        "80, 192.0.2.1, true",
        "80, 192.0.2.2, false",
        "81, 192.0.2.1, false",
        "8080, 10.1.2.3, true",
        "8090, 10.255.0.1, true",
        "8091, 10.1.2.3, false",
        "8080, 11.1.2.3, false",
        "443, 2001:db8::1, true",
        "443, 2001:db9::1, false",
        "443, 192.0.2.1, false",
    })
    void rules_decide_by_port_and_source(int port, String source, boolean allowed) throws Exception {
        String id = create("web");
        authorize(
                id,
                tcp(80, 80).ipRanges(range("192.0.2.1/32")).build(),
                tcp(8080, 8090).ipRanges(range("10.0.0.0/8")).build(),
                tcp(443, 443)
                        .ipv6Ranges(
                                Ipv6Range.builder().cidrIpv6("2001:db8::/32").build())
                        .build());

        assertThat(groups.allowsIngress(List.of(id), port, InetAddress.getByName(source), List.of()))
                .isEqualTo(allowed);
    }

    @Test
    void a_rule_for_a_group_lets_in_what_has_the_group() throws Exception {
        String balancer = create("balancer");
        String web = create("web");
        authorize(
                web,
                tcp(80, 80)
                        .userIdGroupPairs(
                                UserIdGroupPair.builder().groupId(balancer).build())
                        .build());
        InetAddress source = InetAddress.getByName("127.31.0.9");

        assertThat(groups.allowsIngress(List.of(web), 80, source, List.of(balancer)))
                .isTrue();
        assertThat(groups.allowsIngress(List.of(web), 80, source, List.of(web))).isFalse();
        assertThat(groups.allowsIngress(List.of(web), 80, source, List.of())).isFalse();
    }

    @Test
    void no_rule_no_group_and_other_protocols_let_nothing_in() throws Exception {
        InetAddress source = InetAddress.getByName("192.0.2.1");
        String id = create("web");
        assertThat(groups.allowsIngress(List.of(id), 80, source, List.of())).isFalse();
        assertThat(groups.allowsIngress(List.of("sg-00000000000000000"), 80, source, List.of()))
                .isFalse();
        authorize(
                id,
                IpPermission.builder()
                        .ipProtocol("udp")
                        .fromPort(80)
                        .toPort(80)
                        .ipRanges(range("0.0.0.0/0"))
                        .build());
        assertThat(groups.allowsIngress(List.of(id), 80, source, List.of())).isFalse();
        authorize(
                id,
                IpPermission.builder()
                        .ipProtocol("-1")
                        .ipRanges(range("0.0.0.0/0"))
                        .build());
        assertThat(groups.allowsIngress(List.of(id), 80, source, List.of())).isTrue();
    }

    @Test
    void the_default_group_trusts_itself_and_cannot_be_deleted() throws Exception {
        String id = groups.defaultGroupId();
        InetAddress source = InetAddress.getByName("127.31.0.9");
        assertThat(groups.allowsIngress(List.of(id), 80, source, List.of(id))).isTrue();
        assertThat(groups.allowsIngress(List.of(id), 80, source, List.of())).isFalse();
        assertFails(DeleteSecurityGroupRequest.builder().groupId(id).build(), "CannotDelete");
    }

    @Test
    void a_duplicate_rule_is_refused_and_nothing_of_the_request_is_added() {
        String id = create("web");
        IpPermission rule = tcp(80, 80).ipRanges(range("192.0.2.1/32")).build();
        authorize(id, rule);

        assertThatThrownBy(() -> authorize(
                        id, tcp(81, 81).ipRanges(range("192.0.2.1/32")).build(), rule))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("InvalidPermission.Duplicate"))
                .hasMessage("the specified rule \"peer: 192.0.2.1/32, TCP, from port: 80, to port: 80, ALLOW\""
                        + " already exists");
        assertThat(describe(id).ipPermissions()).hasSize(1);
    }

    @Test
    void rules_have_ids_and_are_revoked_by_id_or_by_value() {
        String id = create("web");
        AuthorizeSecurityGroupIngressResponse made = authorize(
                id,
                tcp(80, 80)
                        .ipRanges(range("192.0.2.1/32"), range("192.0.2.2/32"))
                        .build());
        assertThat(made.securityGroupRules())
                .allMatch(rule -> rule.securityGroupRuleId().startsWith("sgr-"));

        RevokeSecurityGroupIngressResponse revoked = cloud.call(RevokeSecurityGroupIngressRequest.builder()
                .groupId(id)
                .securityGroupRuleIds(made.securityGroupRules().getFirst().securityGroupRuleId())
                .build());
        assertThat(revoked.revokedSecurityGroupRules())
                .extracting(rule -> rule.cidrIpv4())
                .containsExactly("192.0.2.1/32");
        cloud.call(RevokeSecurityGroupIngressRequest.builder()
                .groupId(id)
                .ipProtocol("tcp")
                .fromPort(80)
                .toPort(80)
                .cidrIp("192.0.2.2/32")
                .build());

        assertThat(describe(id).ipPermissions()).isEmpty();
        assertFails(
                RevokeSecurityGroupIngressRequest.builder()
                        .groupId(id)
                        .ipProtocol("tcp")
                        .fromPort(80)
                        .toPort(80)
                        .cidrIp("192.0.2.2/32")
                        .build(),
                "InvalidPermission.NotFound");
    }

    @Test
    void rules_are_described_by_group() {
        String id = create("web");
        authorize(id, tcp(80, 80).ipRanges(range("192.0.2.1/24")).build());
        DescribeSecurityGroupRulesResponse rules = cloud.call(DescribeSecurityGroupRulesRequest.builder()
                .filters(Filter.builder().name("group-id").values(id).build())
                .build());
        assertThat(rules.securityGroupRules())
                .extracting(rule -> rule.isEgress() + " " + rule.cidrIpv4())
                .containsExactlyInAnyOrder("true 0.0.0.0/0", "false 192.0.2.0/24");
    }

    @Test
    void a_group_in_use_or_referred_to_cannot_be_deleted() {
        String balancer = create("balancer");
        String web = create("web");
        authorize(
                web,
                tcp(80, 80)
                        .userIdGroupPairs(
                                UserIdGroupPair.builder().groupId(balancer).build())
                        .build());
        assertFails(DeleteSecurityGroupRequest.builder().groupId(balancer).build(), "DependencyViolation");

        cloud.run(Ec2Fixture.launch("#!/bin/bash\nsleep 1000\n").securityGroupIds(web));
        assertFails(DeleteSecurityGroupRequest.builder().groupId(web).build(), "DependencyViolation");

        groups.usedBy("sg-other"::equals);
        cloud.ec2.instances().close();
        cloud.call(DeleteSecurityGroupRequest.builder().groupId(web).build());
        cloud.call(DeleteSecurityGroupRequest.builder().groupId(balancer).build());
    }

    @Test
    void another_service_keeps_its_groups_from_being_deleted() {
        String id = create("balancer");
        groups.usedBy(id::equals);
        assertFails(DeleteSecurityGroupRequest.builder().groupId(id).build(), "DependencyViolation");
    }

    @Test
    void names_are_unique_and_unknown_groups_not_found() {
        create("web");
        assertFails(
                CreateSecurityGroupRequest.builder()
                        .groupName("web")
                        .description("again")
                        .build(),
                "InvalidGroup.Duplicate");
        assertFails(
                DescribeSecurityGroupsRequest.builder()
                        .groupIds("sg-00000000000000000")
                        .build(),
                "InvalidGroup.NotFound");
        assertThatThrownBy(() -> cloud.call(
                        DescribeSecurityGroupsRequest.builder().groupIds("foo").build()))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("InvalidGroupId.Malformed"))
                .hasMessage("Invalid id: \"foo\" (expecting \"sg-...\")");
        assertThatThrownBy(() -> groups.identifiers(List.of("sg-00000000000000000")))
                .hasMessage("The security group 'sg-00000000000000000' does not exist");
    }

    @ParameterizedTest
    @CsvSource({"büro, office, GroupName, büro", "office, büro, GroupDescription, büro"})
    void names_and_descriptions_are_ascii(String name, String description, String parameter, String value) {
        assertThatThrownBy(() -> cloud.call(CreateSecurityGroupRequest.builder()
                        .groupName(name)
                        .description(description)
                        .build()))
                .hasMessage(
                        "Value (%s) for parameter %s is invalid. Character sets beyond ASCII are not supported.",
                        value, parameter);
    }

    @ParameterizedTest
    @CsvSource({
        "70000, 70000, 0.0.0.0/0",
        "80, 79, 0.0.0.0/0",
        ", 80, 0.0.0.0/0",
        "80, 80, 300.0.0.0/8",
        "80, 80, host/8"
    })
    void wrong_rules_are_refused(Integer from, Integer to, String block) {
        String id = create("web");
        assertThatThrownBy(() -> authorize(
                        id,
                        IpPermission.builder()
                                .ipProtocol("tcp")
                                .fromPort(from)
                                .toPort(to)
                                .ipRanges(range(block))
                                .build()))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("InvalidParameterValue"));
        assertThat(describe(id).ipPermissions()).isEmpty();
    }

    @Test
    void a_rule_can_be_modified_and_keeps_its_id_and_direction() throws Exception {
        String id = create("web");
        SecurityGroupRule rule = authorize(
                        id, tcp(80, 80).ipRanges(range("192.0.2.1/32")).build())
                .securityGroupRules()
                .getFirst();
        authorize(id, tcp(81, 81).ipRanges(range("192.0.2.1/32")).build());

        cloud.call(modification(id, rule.securityGroupRuleId(), 8080, "10.0.0.0/8"));

        assertThat(groups.allowsIngress(List.of(id), 80, InetAddress.getByName("192.0.2.1"), List.of()))
                .isFalse();
        assertThat(groups.allowsIngress(List.of(id), 8080, InetAddress.getByName("10.1.1.1"), List.of()))
                .isTrue();
        DescribeSecurityGroupRulesResponse rules = cloud.call(DescribeSecurityGroupRulesRequest.builder()
                .securityGroupRuleIds(rule.securityGroupRuleId())
                .build());
        assertThat(rules.securityGroupRules().getFirst().cidrIpv4()).isEqualTo("10.0.0.0/8");
        assertThat(rules.securityGroupRules().getFirst().description()).isEqualTo("modified");
        assertFails(modification(id, rule.securityGroupRuleId(), 81, "192.0.2.1/32"), "InvalidPermission.Duplicate");
        assertFails(
                modification(id, "sgr-00000000000000000", 82, "192.0.2.1/32"), "InvalidSecurityGroupRuleId.NotFound");
        assertThat(groups.allowsIngress(List.of(id), 8080, InetAddress.getByName("10.1.1.1"), List.of()))
                .isTrue();
    }

    private static ModifySecurityGroupRulesRequest modification(String id, String ruleId, int port, String block) {
        return ModifySecurityGroupRulesRequest.builder()
                .groupId(id)
                .securityGroupRules(SecurityGroupRuleUpdate.builder()
                        .securityGroupRuleId(ruleId)
                        .securityGroupRule(rule -> rule.ipProtocol("tcp")
                                .fromPort(port)
                                .toPort(port)
                                .cidrIpv4(block)
                                .description("modified"))
                        .build())
                .build();
    }

    private void assertFails(AwsRequest request, String code) {
        assertThatThrownBy(() -> cloud.call(request))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo(code));
    }

    private String create(String name) {
        CreateSecurityGroupResponse response = cloud.call(CreateSecurityGroupRequest.builder()
                .groupName(name)
                .description(name)
                .build());
        return response.groupId();
    }

    private AuthorizeSecurityGroupIngressResponse authorize(String id, IpPermission... permissions) {
        return cloud.call(AuthorizeSecurityGroupIngressRequest.builder()
                .groupId(id)
                .ipPermissions(permissions)
                .build());
    }

    private SecurityGroup describe(String id) {
        DescribeSecurityGroupsResponse response =
                cloud.call(DescribeSecurityGroupsRequest.builder().groupIds(id).build());
        return response.securityGroups().getFirst();
    }

    private static IpPermission.Builder tcp(int from, int to) {
        return IpPermission.builder().ipProtocol("tcp").fromPort(from).toPort(to);
    }

    private static IpRange range(String cidr) {
        return IpRange.builder().cidrIp(cidr).build();
    }
}
