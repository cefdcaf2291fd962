package dev.resilient.cloud.forged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.LocalCloud;
import dev.resilient.time.SystemTime;
import dev.resilient.time.TimeSource;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Forged, stale, replayed and malformed requests to every service of a running cloud: each is refused in the service's own
 * words, and nothing changes. The same requests, honestly signed, do what they say.
 */
class ForgedRequestsTest {
    private static final Duration EARLIER = Duration.ofHours(2);
    private static final int AT_LEAST = 260;

    @TempDir
    private Path data;

    private LocalCloud cloud;
    private TimeSource time = new EarlierTime();
    private Keys.Key administrator;
    private Keys keys;
    private String vpc;

    @BeforeEach
    void prepare() {
        Keys.Key expired;
        try (LocalCloud earlier =
                LocalCloud.builder().data(data).lasting().time(time).start()) {
            use(earlier);
            iam("CreateRole", "RoleName=everything", "AssumeRolePolicyDocument=" + encoded("""
                {"Version": "2012-10-17", "Statement": {
                  "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}}\
                """));
            iam(
                    "AttachRolePolicy",
                    "RoleName=everything",
                    "PolicyArn=" + encoded("arn:aws:iam::aws:policy/AdministratorAccess"));
            expired = session();
        }
        time = SystemTime.INSTANCE;
        use(LocalCloud.builder().data(data).lasting().start());
        iam("CreateUser", "UserName=mallory");
        Answer key = iam("CreateAccessKey", "UserName=mallory");
        Keys.Key switchedOff = new Keys.Key(element(key, "AccessKeyId"), element(key, "SecretAccessKey"), "");
        iam("UpdateAccessKey", "UserName=mallory", "AccessKeyId=" + switchedOff.id(), "Status=Inactive");
        keys = new Keys(administrator, switchedOff, session(), expired);
        vpc = element(done(form("ec2", "DescribeVpcs", "2016-11-15")), "vpcId");
        done(form(
                "ec2",
                "CreateLaunchTemplate",
                "2016-11-15",
                "LaunchTemplateName=template",
                "LaunchTemplateData.InstanceType=t3.micro",
                "LaunchTemplateData.ImageId=" + element(done(form("ec2", "DescribeImages", "2016-11-15")), "imageId")));
        done(form(
                "autoscaling",
                "CreateAutoScalingGroup",
                "2011-01-01",
                "AutoScalingGroupName=group",
                "MinSize=0",
                "MaxSize=0",
                "AvailabilityZones.member.1=us-west-2a",
                "LaunchTemplate.LaunchTemplateName=template"));
        done(storage("PUT", "/bucket", """
            <CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>\
            """));
        done(storage("PUT", "/bucket/object", "text"));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void every_service_refuses_every_forgery_in_its_own_words_and_nothing_changes() {
        Map<String, String> before = state();
        int tried = 0;
        for (Forgery forgery : Forgery.values()) {
            for (HttpDraft draft : honest()) {
                forgery.forge(draft, keys);
                assertThat(draft.send(cloud.endpoint()).error())
                        .as("%s to %s", forgery, draft.service)
                        .matches(forgery.refusal(draft.service));
                tried++;
            }
        }
        for (var each : new StorageForgeries(this::toStorage).cases().entrySet()) {
            assertThat(each.getValue().draft().send(cloud.endpoint()).error())
                    .as(each.getKey())
                    .matches(Forgery.pattern(each.getValue().refusal()));
            tried++;
        }
        assertThat(state()).isEqualTo(before);
        assertThat(tried).isGreaterThanOrEqualTo(AT_LEAST);
    }

    @Test
    void the_same_requests_honestly_signed_do_what_they_say() {
        Map<String, String> before = state();
        honest().forEach(this::done);
        new StorageForgeries(this::toStorage).honest().forEach((name, draft) -> assertThat(
                        draft.send(cloud.endpoint()).status())
                .as(name)
                .isEqualTo(200));
        Map<String, String> after = state();
        assertThat(after)
                .allSatisfy((service, content) ->
                        assertThat(content).as(service).contains("forged").isNotEqualTo(before.get(service)));
    }

    @Test
    void other_services_than_s3_take_presigned_requests_for_a_quarter_of_an_hour() {
        HttpDraft good = whoAmI(Duration.ofMinutes(14));
        assertThat(good.send(cloud.endpoint()).body()).contains(":user/administrator</Arn>");

        HttpDraft changed = whoAmI(Duration.ZERO);
        changed.query = changed.query.replace("GetCallerIdentity", "GetSessionToken");
        assertThat(changed.send(cloud.endpoint()).error())
                .startsWith("403 SignatureDoesNotMatch: The request signature");
        assertThat(whoAmI(Duration.ofMinutes(16)).send(cloud.endpoint()).error())
                .matches(Forgery.pattern(
                        "403 SignatureDoesNotMatch: Signature expired: # is now earlier than # (# - 15 min.)"));
    }

    private HttpDraft whoAmI(Duration ago) {
        HttpDraft draft = draft("sts", "GET", "/", "");
        draft.query = "Action=GetCallerIdentity&Version=2011-06-15";
        draft.time = draft.time.minus(ago);
        return draft.presign("60");
    }

    /** A request to each service that changes something, not signed yet. */
    private List<HttpDraft> honest() {
        return List.of(
                form("ec2", "CreateSecurityGroup", "2016-11-15", "GroupName=forged", "GroupDescription=forged"),
                form(
                        "autoscaling",
                        "CreateOrUpdateTags",
                        "2011-01-01",
                        "Tags.member.1.ResourceId=group",
                        "Tags.member.1.ResourceType=auto-scaling-group",
                        "Tags.member.1.Key=forged",
                        "Tags.member.1.Value=forged",
                        "Tags.member.1.PropagateAtLaunch=false"),
                form(
                        "elasticloadbalancing",
                        "CreateTargetGroup",
                        "2015-12-01",
                        "Name=forged",
                        "Protocol=HTTP",
                        "Port=80",
                        "VpcId=" + vpc),
                form("iam", "CreateUser", "2010-05-08", "UserName=forged"),
                assumeRole(),
                json("ssm", "AmazonSSM.PutParameter", "1.1", """
                    {"Name": "forged", "Value": "forged", "Type": "String"}\
                    """),
                json("dynamodb", "DynamoDB_20120810.CreateTable", "1.0", """
                    {"TableName": "forged", "BillingMode": "PAY_PER_REQUEST",
                     "KeySchema": [{"AttributeName": "k", "KeyType": "HASH"}],
                     "AttributeDefinitions": [{"AttributeName": "k", "AttributeType": "S"}]}\
                    """),
                storage("PUT", "/bucket/forged", "forged"));
    }

    /** What there is of what those requests would change, by service. STS keeps nothing that could be seen. */
    private Map<String, String> state() {
        HttpDraft objects = storage("GET", "/bucket", "");
        objects.query = "list-type=2";
        Map<String, String> state = new TreeMap<>();
        for (HttpDraft draft : List.of(
                form("ec2", "DescribeSecurityGroups", "2016-11-15"),
                form("autoscaling", "DescribeTags", "2011-01-01"),
                form("elasticloadbalancing", "DescribeTargetGroups", "2015-12-01"),
                form("iam", "ListUsers", "2010-05-08"),
                json("ssm", "AmazonSSM.DescribeParameters", "1.1", "{}"),
                json("dynamodb", "DynamoDB_20120810.ListTables", "1.0", "{}"),
                objects)) {
            state.put(draft.service, done(draft).content());
        }
        return state;
    }

    private HttpDraft form(String service, String action, String version, String... parameters) {
        String body = "Action=" + action + "&Version=" + version
                + (parameters.length == 0 ? "" : "&" + String.join("&", parameters));
        return draft(service, "POST", "/", body).header("content-type", "application/x-www-form-urlencoded");
    }

    private HttpDraft json(String service, String target, String version, String body) {
        return draft(service, "POST", "/", body)
                .header("content-type", "application/x-amz-json-" + version)
                .header("x-amz-target", target);
    }

    private HttpDraft storage(String method, String path, String body) {
        return toStorage(method, path, body).header("x-amz-content-sha256", HttpDraft.sha256(body));
    }

    private HttpDraft toStorage(String method, String path, String body) {
        return draft("s3", method, path, body);
    }

    private HttpDraft draft(String service, String method, String path, String body) {
        HttpDraft draft = administrator.on(new HttpDraft(service, method, path, body));
        draft.time = time.instant();
        return draft.header("host", cloud.endpoint().getAuthority());
    }

    private HttpDraft assumeRole() {
        return form(
                "sts",
                "AssumeRole",
                "2011-06-15",
                "RoleArn=" + encoded("arn:aws:iam::123456789012:role/everything"),
                "RoleSessionName=forged",
                "DurationSeconds=900");
    }

    private Answer iam(String action, String... parameters) {
        return done(form("iam", action, "2010-05-08", parameters));
    }

    private Keys.Key session() {
        Answer assumed = done(assumeRole());
        return new Keys.Key(
                element(assumed, "AccessKeyId"), element(assumed, "SecretAccessKey"), element(assumed, "SessionToken"));
    }

    private Answer done(HttpDraft draft) {
        Answer answer = draft.sign().send(cloud.endpoint());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private void use(LocalCloud started) {
        cloud = started;
        administrator = new Keys.Key(
                started.administrator().accessKeyId(), started.administrator().secretAccessKey(), "");
    }

    private static String element(Answer answer, String name) {
        Matcher found = Pattern.compile("<" + name + ">(.*?)</").matcher(answer.body());
        assertThat(found.find()).as(answer.body()).isTrue();
        return found.group(1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /** The machine's time, two hours ago. */
    private static final class EarlierTime implements TimeSource {
        @Override
        public Instant instant() {
            return SystemTime.INSTANCE.instant().minus(EARLIER);
        }

        @Override
        public long nanoTime() {
            return SystemTime.INSTANCE.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            SystemTime.INSTANCE.sleep(duration);
        }
    }
}
