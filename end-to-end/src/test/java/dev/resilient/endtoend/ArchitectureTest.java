package dev.resilient.endtoend;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.resilient.time.SystemTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The arrows of ARCHITECTURE.md, and what no class may call. */
@AnalyzeClasses(packages = "dev.resilient", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String TIME = "dev.resilient.time..";
    private static final String LOAD = "dev.resilient.load..";
    private static final String SERVER = "dev.resilient.recommendation..";
    private static final String BALANCER = "dev.resilient.loadbalancer..";
    private static final String POLICY = "dev.resilient.policy..";
    private static final String EXPRESSION = "dev.resilient.expression..";
    private static final String PROCESS = "dev.resilient.process..";
    private static final String WIRE = "dev.resilient.wire..";
    private static final String CLOUD = "dev.resilient.cloud..";
    private static final String SCENARIO = "dev.resilient.scenario..";
    private static final String CLI = "dev.resilient.cli..";

    private static final SliceAssignment SERVICES = new SliceAssignment() {
        private static final Set<String> NAMES =
                Set.of("autoscaling", "dynamodb", "ec2", "elb", "iam", "s3", "ssm", "sts");

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            String[] names = javaClass.getPackageName().split("\\.");
            return names.length > 3 && names[2].equals("cloud") && NAMES.contains(names[3])
                    ? SliceIdentifier.of(names[3])
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "services of the local cloud";
        }
    };

    @ArchTest
    static final ArchRule time_imports_no_room = noClasses()
            .that()
            .resideInAPackage(TIME)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(LOAD, SERVER, BALANCER, POLICY, EXPRESSION, PROCESS, WIRE, CLOUD, SCENARIO, CLI);

    @ArchTest
    static final ArchRule the_server_stands_alone = noClasses()
            .that()
            .resideInAPackage(SERVER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TIME, LOAD, BALANCER, POLICY, EXPRESSION, PROCESS, WIRE, CLOUD, SCENARIO, CLI);

    @ArchTest
    static final ArchRule the_load_balancer_knows_no_aws = noClasses()
            .that()
            .resideInAPackage(BALANCER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    LOAD, SERVER, POLICY, EXPRESSION, PROCESS, WIRE, CLOUD, SCENARIO, CLI, "software.amazon..");

    @ArchTest
    static final ArchRule the_load_generator_knows_no_aws = noClasses()
            .that()
            .resideInAPackage(LOAD)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    SERVER, BALANCER, POLICY, EXPRESSION, PROCESS, WIRE, CLOUD, SCENARIO, CLI, "software.amazon..");

    @ArchTest
    static final ArchRule the_policy_language_knows_nobody = noClasses()
            .that()
            .resideInAPackage(POLICY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    TIME, LOAD, SERVER, BALANCER, EXPRESSION, PROCESS, WIRE, CLOUD, SCENARIO, CLI, "software.amazon..");

    @ArchTest
    static final ArchRule the_language_of_expressions_knows_only_the_wire = noClasses()
            .that()
            .resideInAPackage(EXPRESSION)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TIME, LOAD, SERVER, BALANCER, POLICY, PROCESS, CLOUD, SCENARIO, CLI);

    @ArchTest
    static final ArchRule the_process_of_an_instance_knows_no_api = noClasses()
            .that()
            .resideInAPackage(PROCESS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    LOAD, SERVER, BALANCER, POLICY, EXPRESSION, WIRE, CLOUD, SCENARIO, CLI, "software.amazon..");

    @ArchTest
    static final ArchRule the_wire_knows_no_service = noClasses()
            .that()
            .resideInAPackage(WIRE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    LOAD,
                    SERVER,
                    BALANCER,
                    POLICY,
                    EXPRESSION,
                    PROCESS,
                    CLOUD,
                    SCENARIO,
                    CLI,
                    "software.amazon.awssdk.services..");

    @ArchTest
    static final ArchRule the_cloud_knows_no_scenario = noClasses()
            .that()
            .resideInAPackage(CLOUD)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(LOAD, SERVER, SCENARIO, CLI);

    @ArchTest
    static final ArchRule the_scenario_knows_only_the_sdk_and_the_load_generator = noClasses()
            .that()
            .resideInAPackage(SCENARIO)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVER, BALANCER, POLICY, EXPRESSION, PROCESS, WIRE, CLOUD, CLI);

    @ArchTest
    static final ArchRule only_the_load_balancer_and_the_load_generator_run_event_loops = noClasses()
            .that()
            .resideOutsideOfPackages(BALANCER, LOAD)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    /** A service states what it needs of others in an interface of its own; only the wiring knows both. */
    @ArchTest
    static final ArchRule services_of_the_cloud_meet_only_in_its_wiring =
            slices().assignedFrom(SERVICES).should().notDependOnEachOther();

    @ArchTest
    static final ArchRule rooms_of_the_cloud_form_no_circle =
            slices().matching("dev.resilient.cloud.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule rooms_of_ec2_form_no_circle =
            slices().matching("dev.resilient.cloud.ec2.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_the_service_itself_and_instances_know_the_metadata_service = noClasses()
            .that()
            .resideInAPackage("dev.resilient.cloud.ec2..")
            .and()
            .resideOutsideOfPackages(
                    "dev.resilient.cloud.ec2",
                    "dev.resilient.cloud.ec2.instance..",
                    "dev.resilient.cloud.ec2.metadata..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.resilient.cloud.ec2.metadata..");

    @ArchTest
    static final ArchRule rooms_of_auto_scaling_form_no_circle =
            slices().matching("dev.resilient.cloud.autoscaling.(*)..").should().beFreeOfCycles();

    /** Purity, as far as packages can say it: a plan has no one whom it could call. */
    @ArchTest
    static final ArchRule what_auto_scaling_plans_knows_neither_who_acts_nor_who_asks = noClasses()
            .that()
            .resideInAPackage("dev.resilient.cloud.autoscaling.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    WIRE,
                    "dev.resilient.time..",
                    "dev.resilient.cloud.store..",
                    "dev.resilient.cloud.event..",
                    "dev.resilient.cloud.autoscaling.reconcile..",
                    "dev.resilient.cloud.autoscaling.operation..");

    @ArchTest
    static final ArchRule who_acts_for_auto_scaling_does_not_know_who_asks = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.resilient.cloud.autoscaling.group..", "dev.resilient.cloud.autoscaling.reconcile..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.resilient.cloud.autoscaling.operation..");

    @ArchTest
    static final ArchRule rooms_of_load_balancing_form_no_circle =
            slices().matching("dev.resilient.cloud.elb.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_data_plane_does_not_know_who_asks = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.resilient.cloud.elb.resource..",
                    "dev.resilient.cloud.elb.attribute..",
                    "dev.resilient.cloud.elb.dataplane..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.resilient.cloud.elb.operation..");

    @ArchTest
    static final ArchRule rooms_of_the_balancer_form_no_circle =
            slices().matching("dev.resilient.loadbalancer.(*)..").should().beFreeOfCycles();

    /** What is public in its inner rooms is public for its other rooms only. */
    @ArchTest
    static final ArchRule the_load_balancer_is_used_through_its_front_door = noClasses()
            .that()
            .resideOutsideOfPackage(BALANCER)
            .should()
            .dependOnClassesThat(resideInAPackage(BALANCER)
                    .and(not(resideInAnyPackage(
                            "dev.resilient.loadbalancer",
                            "dev.resilient.loadbalancer.log",
                            "dev.resilient.loadbalancer.metric",
                            "dev.resilient.loadbalancer.settings",
                            "dev.resilient.loadbalancer.target",
                            "dev.resilient.loadbalancer.event"))));

    @ArchTest
    static final ArchRule inner_rooms_of_the_balancer_do_not_know_its_front_door = noClasses()
            .that()
            .resideInAPackage("dev.resilient.loadbalancer.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.resilient.loadbalancer");

    @ArchTest
    static final ArchRule rooms_of_the_scenario_form_no_circle =
            slices().matching("dev.resilient.scenario.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule rooms_of_the_wire_form_no_circle =
            slices().matching("dev.resilient.wire.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule what_services_see_of_the_wire_does_not_know_how_it_is_done = noClasses()
            .that()
            .resideInAPackage("dev.resilient.wire")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.resilient.wire.*..");

    @ArchTest
    static final ArchRule nobody_else_knows_requests_as_they_are_on_the_wire = noClasses()
            .that()
            .resideOutsideOfPackage(WIRE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.resilient.wire.http..", "dev.resilient.wire.constraint..", "dev.resilient.wire.protocol..");

    /** What shows a scenario works wherever that runs. */
    @ArchTest
    static final ArchRule pages_and_terminal_do_not_know_where_the_scenario_runs = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.resilient.cli.dashboard..",
                    "dev.resilient.cli.page..",
                    "dev.resilient.cli.report..",
                    "dev.resilient.cli.terminal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLOUD, "dev.resilient.cli", "dev.resilient.cli.target..");

    @ArchTest
    static final ArchRule rooms_of_the_cli_form_no_circle =
            slices().matching("dev.resilient.cli.(*)..").should().beFreeOfCycles();

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
            .callMethod(TimeUnit.class, "sleep", long.class)
            .orShould()
            .callMethod(LockSupport.class, "parkNanos", long.class)
            .orShould()
            .callMethod(LockSupport.class, "parkNanos", Object.class, long.class);

    @ArchTest
    static final ArchRule nobody_reads_a_raw_clock = noClasses()
            .that()
            .doNotBelongToAnyOf(SystemTime.class)
            .and()
            // The server stands alone, and reads its clocks in a place of its own.
            .doNotHaveFullyQualifiedName("dev.resilient.recommendation.Clocks")
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
            .callMethod(LocalTime.class, "now")
            .orShould()
            .callConstructor(Date.class)
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(InstantSource.class, "system");
}
