package dev.resilient.cli;

import dev.resilient.cli.target.LocalSettings;
import dev.resilient.cli.target.Target;
import dev.resilient.cli.target.Targets;
import dev.resilient.cli.terminal.Page;
import dev.resilient.scenario.Scenario;
import dev.resilient.scenario.plan.Cost;
import dev.resilient.scenario.plan.Plan;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What comes before anything is made: the plan, which for an account is always shown, and the question. */
final class PlanOption {
    @Option(names = "--dry-run", description = "Show what would be made, and make nothing.")
    private boolean dryRun;

    /** Refuses at once where the question could not be asked later. */
    void requireSomebody(ScenarioOptions options) {
        if (!dryRun) {
            Consent.requireSomebody(options);
        }
    }

    /** Where to deploy; only to look, a local cloud that is not there is none that stays. */
    Target place(Targets.Kind kind, LocalSettings settings) {
        return dryRun && !Targets.mayHaveDeployment(kind, settings)
                ? Targets.forRun(kind, settings)
                : Targets.toDeploy(kind, settings);
    }

    /** Whether the plan is to be carried out. */
    boolean isAgreed(ScenarioOptions options, Play play, Scenario scenario) {
        if (options.target() == Targets.Kind.LOCAL && !dryRun) {
            return true;
        }
        tell(play.page(), scenario.plan());
        if (dryRun) {
            play.page().line("Nothing was made (--dry-run).");
            return false;
        }
        Consent.toDeploy(options, play::confirms);
        return true;
    }

    private static void tell(Page page, Plan plan) {
        page.gap();
        page.paragraph("", 2, "Account " + plan.account() + ", as " + plan.caller());
        page.paragraph("", 2, "Network " + plan.vpcId() + ", zones " + String.join(", ", plan.zones()));
        page.gap();
        plan.parts()
                .forEach(part -> page.paragraph(
                        "  " + (part.isThere() ? "is there  " : "to make   "), 12, part.kind() + " " + part.name()));
        page.gap();
        page.paragraph("Tags: ", 6, tags(plan.tags()));
        page.paragraph("Cost: ", 6, cost(plan.cost()));
        plan.notes().forEach(note -> page.paragraph("Note: ", 6, note));
        page.gap();
    }

    private static String tags(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String cost(Cost cost) {
        return String.format(
                Locale.ROOT,
                "about %.2f USD per hour while it is there (%s). By %s.",
                cost.perHour(),
                cost.items().stream()
                        .map(item -> item.count() + " " + item.what())
                        .collect(Collectors.joining(", ")),
                Cost.SOURCE);
    }
}
