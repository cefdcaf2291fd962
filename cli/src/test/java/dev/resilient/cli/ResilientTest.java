package dev.resilient.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.profiles.ProfileFileSystemSetting.AWS_CONFIG_FILE;
import static software.amazon.awssdk.profiles.ProfileFileSystemSetting.AWS_PROFILE;
import static software.amazon.awssdk.profiles.ProfileFileSystemSetting.AWS_SHARED_CREDENTIALS_FILE;

import dev.resilient.cli.target.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/** The whole command line, as far as it goes without starting anything. */
class ResilientTest {
    private static final String JAR = "resilient.server.jar";
    private static final String USER_HOME = "user.home";
    private static final String REAL_HOME = System.getProperty(USER_HOME);

    @TempDir
    private Path home;

    @TempDir
    private Path files;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void pretend_to_be_launched_by_a_new_user() throws IOException {
        System.setProperty(JAR, Files.createFile(files.resolve("server.jar")).toString());
        System.setProperty(USER_HOME, home.toString());
    }

    @AfterEach
    void nothing_was_started() {
        System.clearProperty(JAR);
        Stream.of(AWS_PROFILE, AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE)
                .map(ProfileFileSystemSetting::property)
                .forEach(System::clearProperty);
        System.setProperty(USER_HOME, REAL_HOME);
        assertThat(home).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "deploy",
                "demo",
                "status",
                "destroy",
                "completion",
                "train",
                "cloud",
                "cloud start",
                "cloud stop",
                "cloud status",
                "cloud env"
            })
    void every_command_explains_itself(String command) {
        assertThat(run((command + " --help").split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: resilient " + command).contains("--help", "--verbose");
        assertThat(err.toString()).isEmpty();
        assertThat(run((command + " -h").split(" "))).isZero();
    }

    @Test
    void help_lists_the_commands_and_so_does_no_argument_at_all() {
        assertThat(run("--help")).isZero();
        String help = out.toString();
        assertThat(help)
                .contains("run", "deploy", "demo", "status", "destroy", "cloud", "Exit status", "RESILIENT_HOME");
        assertThat(help).doesNotContain("train");
        out.getBuffer().setLength(0);
        assertThat(run()).isZero();
        assertThat(out.toString()).isEqualTo(help);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void help_of_a_command_is_the_same_by_either_way() {
        run("demo", "--help");
        String help = out.toString();
        out.getBuffer().setLength(0);
        assertThat(run("help", "demo")).isZero();
        assertThat(out.toString()).isEqualTo(help);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        rnu                                | 'rnu'
        --verbose                          | Missing required subcommand
        cloud                              | Missing required subcommand
        cloud strat                        | 'strat'
        run extra                          | 'extra'
        run --speed fast                   | '--speed'
        run --pace                         | '--pace'
        run --pace abc                     | '--pace'
        run --pace 0                       | --pace
        run --pace -1                      | --pace
        run --pace 0.99                    | --pace
        run --pace 101                     | --pace
        run --pace NaN                     | --pace
        run --pace Infinity                | --pace
        demo --pace 101                    | --pace
        run --pace 2 --pace 3              | '--pace'
        run --region moon                  | --region
        run --region=                      | --region
        run --name Shop                    | "Shop"
        run --name a                       | "a"
        run --name=                        | ""
        run --name ../../etc               | "../../etc"
        run --name twenty-one-characters   | "twenty-one-characters"
        run --name aws-shop                | "aws-shop"
        run --allow everyone               | "everyone"
        run --allow 300.0.0.1/32           | "300.0.0.1/32"
        run --allow 10.0.0.0/33            | "10.0.0.0/33"
        run --allow ::/0                   | "::/0"
        run --vpc-id vpc-XYZ               | "vpc-XYZ"
        run --target mars                  | '--target'
        deploy --report x                  | '--report'
        deploy --guard mars                | '--guard'
        deploy --guard instance            | --replace heartbeat
        deploy --replace elb --guard instance | --replace heartbeat
        demo --from nowhere                | guard-refuses
        status --auto                      | '--auto'
        destroy --pace 1000                | --pace
        cloud start --port -1              | --port
        cloud start --port 65536           | --port
        cloud start --port http            | '--port'
        cloud start --pace 0               | --pace
        """)
    void wrong_usage_is_one_sentence_that_names_what_is_wrong(String arguments, String named) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        List<String> lines = err.toString().lines().toList();
        assertThat(lines).element(0).asString().startsWith("resilient: ").contains(named);
        assertThat(lines.stream().skip(1)).allMatch(line -> line.matches("See: resilient.* --help"));
        assertThat(lines).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void a_profile_that_is_not_there_is_one_sentence() throws IOException {
        pretendToHaveProfiles("[profile deployer]\nregion = eu-central-1\n");
        assertThat(run("status", "--target", "aws", "--profile", "absent")).isEqualTo(3);
        assertThat(err.toString().lines())
                .containsExactly(
                        "resilient: There is no AWS profile \"absent\": `aws configure list-profiles` lists those"
                                + " that there are, and `aws configure --profile absent` makes it.");
    }

    private void pretendToHaveProfiles(String text) throws IOException {
        Path config = Files.writeString(files.resolve("config"), text);
        System.setProperty(AWS_CONFIG_FILE.property(), config.toString());
        System.setProperty(
                AWS_SHARED_CREDENTIALS_FILE.property(),
                files.resolve("credentials").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "status"})
    void what_needs_a_deployment_says_how_to_get_one(String command) {
        assertThat(run(command.split(" "))).isEqualTo(3);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "resilient: No local cloud is running: start the service with `resilient deploy` first.\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void destroying_where_nothing_can_be_deployed_succeeds() {
        assertThat(run("destroy")).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cloud stop", "cloud env"})
    void what_needs_a_cloud_says_how_to_get_one(String command) {
        assertThat(run(command.split(" "))).isEqualTo(3);
        assertThat(err.toString()).contains("No local cloud runs on " + home, "`resilient cloud start`");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void that_no_cloud_runs_is_an_answer_of_its_status() {
        assertThat(run("cloud", "status", "--data", files.toString())).isEqualTo(1);
        assertThat(out.toString()).isEqualToNormalizingNewlines("No local cloud runs on " + files + ".\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "demo"})
    void a_report_that_cannot_be_written_is_known_before_anything_is_started(String command) throws IOException {
        Path file = Files.createFile(files.resolve("taken"));
        assertThat(run(command, "--report", file.toString())).isEqualTo(3);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "resilient: Cannot write the report into " + file + ": " + file + " is a file.\n");
    }

    @Test
    void a_cloud_is_not_started_in_a_folder_that_has_other_things_in_it() throws IOException {
        assertThat(run("cloud", "start", "--data", files.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("There are other things in " + files, "--data");
        try (Stream<Path> left = Files.list(files)) {
            assertThat(left).containsExactly(files.resolve("server.jar"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/etc/passwd | Cannot use /etc/passwd (choose another place with --data): /etc/passwd is a file.",
                "/proc/nope  | Cannot create /proc/nope (choose another place with --data): nothing can be made in /proc.",
            })
    void a_place_where_no_cloud_can_be_is_told_in_one_sentence(String place, String sentence) {
        assertThat(run("cloud", "start", "--data", place)).isEqualTo(3);
        assertThat(err.toString()).isEqualToNormalizingNewlines("resilient: " + sentence + "\n");
    }

    @Test
    void the_way_to_a_cloud_in_another_folder_names_the_folder() {
        assertThat(run("cloud", "env", "--data", files.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("`resilient cloud start --data " + files + "`");
        assertThat(DataFolder.option(DataFolder.cloud())).isEmpty();
        assertThat(DataFolder.option(Path.of("/it's mine"))).isEqualTo(" --data '/it'\\''s mine'");
    }

    @Test
    void a_missing_server_names_the_launcher() {
        System.clearProperty(JAR);
        assertThat(run("run", "--auto")).isEqualTo(3);
        assertThat(err.toString()).contains("launcher");
    }

    @Test
    void nobody_who_can_be_asked_means_that_an_account_is_left_alone() {
        assertThat(run("run", "--target", "AWS")).isEqualTo(3);
        assertThat(run("deploy", "--target", "aws")).isEqualTo(3);
        assertThat(run("demo", "--target", "aws", "--auto")).isEqualTo(3);
        assertThat(run("destroy", "--target", "aws")).isEqualTo(3);
        assertThat(err.toString().lines()).hasSize(4).allMatch(line -> line.contains("--yes"));
    }

    @Test
    void stack_traces_are_for_who_wants_them() {
        run("demo");
        assertThat(err.toString()).doesNotContain("\tat ");
        run("demo", "--verbose");
        assertThat(err.toString()).contains("EnvironmentRefused", "\tat ");
    }

    private int run(String... arguments) {
        return Resilient.run(arguments, new PrintWriter(out), new PrintWriter(err));
    }
}
