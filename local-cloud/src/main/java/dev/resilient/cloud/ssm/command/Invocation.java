package dev.resilient.cloud.ssm.command;

import dev.resilient.wire.shape.Members;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/**
 * A command on one of its instances.
 *
 * @param shown as the list of invocations shows it, with its one plugin
 * @param output what is kept of its standard output; empty until it has returned by itself
 * @param error what is kept of its standard error; empty until it has returned by itself
 */
record Invocation(CommandInvocation shown, CommandState state, String output, String error) {
    private static final int OUTPUT_KEPT = 24_000;
    private static final int ERROR_KEPT = 8_000;
    private static final int OUTPUT_LISTED = 2_500;
    private static final String OUTPUT_CUT = "\n---Output truncated---";
    private static final String ERROR_HEADING = "\n----------ERROR-------\n";

    /** What a script has returned as long as it has not, or never will. */
    private static final int NOTHING = -1;

    /** The exit status of a script that was ended. */
    private static final int KILLED = 137;

    /** An invocation that nobody has received yet, or ever will. */
    static Invocation of(Command sent, String instanceId, String hostname, CommandState state) {
        CommandPlugin plugin = CommandPlugin.builder()
                .name(ShellScript.PLUGIN)
                .responseCode(NOTHING)
                .standardOutputUrl("")
                .standardErrorUrl("")
                .build();
        CommandInvocation shown = Members.copy(sent, CommandInvocation.builder())
                .instanceId(instanceId)
                .instanceName(hostname)
                .standardOutputUrl("")
                .standardErrorUrl("")
                .build();
        return new Invocation(shown, state, "", "").in(state, plugin, "", "");
    }

    Invocation started(Instant now) {
        return in(
                CommandState.IN_PROGRESS,
                plugin().toBuilder().responseStartDateTime(now).build(),
                "",
                "");
    }

    /** The script has returned by itself. */
    Invocation returned(int exitStatus, String said, String complained, Instant now) {
        boolean success = exitStatus == 0;
        // The agent adds a line of its own, which AWS's users see as the whole of what a silent failure says.
        String complaint = success ? complained : complained + "failed to run commands: exit status " + exitStatus;
        CommandPlugin ended = plugin().toBuilder()
                .responseCode(exitStatus)
                .responseFinishDateTime(now)
                .build();
        return in(
                success ? CommandState.SUCCESS : CommandState.FAILED,
                ended,
                first(OUTPUT_KEPT, said),
                first(ERROR_KEPT, complaint));
    }

    /** The script was ended, or never began. */
    Invocation ended(CommandState as, Instant now) {
        boolean killed = plugin().responseStartDateTime() != null && as != CommandState.DELIVERY_TIMED_OUT;
        CommandPlugin ended = plugin().toBuilder()
                .responseCode(killed ? KILLED : NOTHING)
                .responseFinishDateTime(now)
                .build();
        return in(as, ended, "", "");
    }

    private Invocation in(CommandState after, CommandPlugin plugin, String said, String complained) {
        CommandInvocation changed = shown.toBuilder()
                .status(after.status())
                .statusDetails(after.details())
                .commandPlugins(plugin.toBuilder()
                        .status(after.status())
                        .statusDetails(after.details())
                        .output(listed(said, complained))
                        .build())
                .build();
        return new Invocation(changed, after, said, complained);
    }

    /** What GetCommandInvocation tells. */
    GetCommandInvocationResponse details() {
        CommandPlugin plugin = plugin();
        Instant started = plugin.responseStartDateTime();
        Instant ended = plugin.responseFinishDateTime();
        return Members.copy(shown, GetCommandInvocationResponse.builder())
                .pluginName(plugin.name())
                .responseCode(plugin.responseCode())
                .executionStartDateTime(text(started))
                .executionEndDateTime(text(ended))
                .executionElapsedTime(
                        started == null || ended == null
                                ? ""
                                : Duration.between(started, ended)
                                        .truncatedTo(ChronoUnit.MILLIS)
                                        .toString())
                .standardOutputContent(output)
                .standardErrorContent(error)
                .build();
    }

    private static String text(@Nullable Instant moment) {
        return moment == null ? "" : moment.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private CommandPlugin plugin() {
        return shown.commandPlugins().getFirst();
    }

    /** What the script wrote to both of its outputs, the errors last, cut to what a list shows. */
    private static String listed(String said, String complained) {
        String all = complained.isEmpty() ? said : said + ERROR_HEADING + complained;
        return all.length() <= OUTPUT_LISTED ? all : first(OUTPUT_LISTED - OUTPUT_CUT.length(), all) + OUTPUT_CUT;
    }

    private static String first(int characters, String text) {
        return text.substring(0, Math.min(characters, text.length()));
    }
}
