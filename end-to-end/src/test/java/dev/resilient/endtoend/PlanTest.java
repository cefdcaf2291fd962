package dev.resilient.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told before anything is made. */
class PlanTest {
    @TempDir
    private Path home;

    @AfterEach
    void endTheCloud() {
        new Product(home).run("cloud", "stop", "--delete");
    }

    @Test
    void a_dry_run_tells_who_where_what_and_what_it_costs_and_makes_nothing() {
        Product product = new Product(home);

        Product.Outcome outcome = product.run("deploy", "--dry-run", "--name", "shop");

        assertThat(outcome.status()).as(outcome.errors()).isZero();
        List<String> lines = outcome.output().lines().toList();
        assertThat(lines)
                .contains("Account 123456789012, as arn:aws:iam::123456789012:user/administrator")
                .anyMatch(line -> line.matches("Network vpc-\\w+, zones us-west-2a, us-west-2b, us-west-2c"))
                .contains(
                        "  to make   DynamoDB table shop-recommendations",
                        "  to make   parameter shop-table",
                        "  to make   parameter shop-failure-response",
                        "  to make   parameter shop-health-check",
                        "  to make   S3 bucket shop-123456789012-us-west-2",
                        "  to make   role, policy and instance profile shop-instance-us-west-2",
                        "  to make   security groups shop-balancer, shop-instances",
                        "  to make   launch template shop-instance",
                        "  to make   Auto Scaling group shop-group",
                        "  to make   target group shop-targets",
                        "  to make   load balancer shop-balancer",
                        "  to make   attachment shop-targets to shop-group")
                .endsWith("Nothing was made (--dry-run).");
        assertThat(String.join(" ", lines).replaceAll("\\s+", " "))
                .contains("resilient:deployment=shop", "resilient:owner=arn:aws:iam::123456789012:user/administrator")
                .contains("Cost: about 0.09 USD per hour", "September 2026, https://aws.amazon.com/pricing/")
                // The local cloud has no Service Quotas, and the plan does not pretend.
                .contains("This takes 6 vCPUs. How many the account may run could not be asked:");
        assertThat(product.data()).isEmptyDirectory();
    }

    @Test
    void what_is_there_is_told_apart_from_what_would_be_made_and_status_tells_what_happened() {
        Product product = new Product(home);
        assertThat(product.run("deploy").status()).isZero();

        Product.Outcome plan = product.run("deploy", "--dry-run");

        assertThat(plan.output())
                .contains("  is there  load balancer resilient-balancer")
                .doesNotContain("to make");
        assertThat(product.run("status").output())
                .contains("The service is at http://", "load balancer resilient-balancer (active)", "healthy")
                .containsPattern(
                        "(?s)What the Auto Scaling group did last:\\s+20\\S+ Launching a new EC2 instance: i-\\w+"
                                + " \\(Successful\\)");
        assertThat(product.run("destroy").output()).contains("Nothing is left.");
        assertThat(product.data()).isEmptyDirectory();
    }
}
