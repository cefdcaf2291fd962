package dev.resilient.endtoend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.resilient.time.SystemTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.concurrent.TimeUnit;

/** The arrows of ARCHITECTURE.md, and what no class may call. */
@AnalyzeClasses(packages = "dev.resilient", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String TIME = "dev.resilient.time..";
    private static final String SERVER = "dev.resilient.recommendation..";
    private static final String BALANCER = "dev.resilient.loadbalancer..";
    private static final String WIRE = "dev.resilient.wire..";
    private static final String CLOUD = "dev.resilient.cloud..";
    private static final String SCENARIO = "dev.resilient.scenario..";
    private static final String CLI = "dev.resilient.cli..";

    @ArchTest
    static final ArchRule time_imports_no_room = noClasses()
            .that()
            .resideInAPackage(TIME)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVER, BALANCER, WIRE, CLOUD, SCENARIO, CLI);

    @ArchTest
    static final ArchRule the_server_stands_alone = noClasses()
            .that()
            .resideInAPackage(SERVER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TIME, BALANCER, WIRE, CLOUD, SCENARIO, CLI);

    @ArchTest
    static final ArchRule the_load_balancer_knows_no_aws = noClasses()
            .that()
            .resideInAPackage(BALANCER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVER, WIRE, CLOUD, SCENARIO, CLI, "software.amazon..");

    @ArchTest
    static final ArchRule the_wire_knows_no_service = noClasses()
            .that()
            .resideInAPackage(WIRE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVER, BALANCER, CLOUD, SCENARIO, CLI, "software.amazon.awssdk.services..");

    @ArchTest
    static final ArchRule the_cloud_knows_no_scenario = noClasses()
            .that()
            .resideInAPackage(CLOUD)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVER, SCENARIO, CLI);

    @ArchTest
    static final ArchRule the_scenario_knows_only_the_sdk = noClasses()
            .that()
            .resideInAPackage(SCENARIO)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVER, BALANCER, WIRE, CLOUD, CLI);

    @ArchTest
    static final ArchRule only_the_load_balancer_runs_event_loops = noClasses()
            .that()
            .resideOutsideOfPackage(BALANCER)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule services_of_the_cloud_meet_only_in_its_wiring = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.resilient.cloud.dynamodb..", "dev.resilient.cloud.s3..", "dev.resilient.cloud.ssm..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.resilient.cloud.ec2..",
                    "dev.resilient.cloud.autoscaling..",
                    "dev.resilient.cloud.elb..",
                    "dev.resilient.cloud.iam..",
                    "dev.resilient.cloud.sts..");

    @ArchTest
    static final ArchRule rooms_of_the_cloud_form_no_circle =
            slices().matching("dev.resilient.cloud.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule rooms_of_the_scenario_form_no_circle =
            slices().matching("dev.resilient.scenario.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobody_sleeps = noClasses()
            .that()
            .doNotBelongToAnyOf(SystemTime.class)
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class, int.class)
            .orShould()
            .callMethod(Thread.class, "sleep", Duration.class)
            .orShould()
            .callMethod(TimeUnit.class, "sleep", long.class);

    @ArchTest
    static final ArchRule nobody_reads_a_raw_clock = noClasses()
            .that()
            .doNotBelongToAnyOf(SystemTime.class)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(InstantSource.class, "system");
}
