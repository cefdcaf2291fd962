package dev.resilient.scenario.fault;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.ScenarioException;
import dev.resilient.scenario.base.Waiting.Sight;
import dev.resilient.scenario.event.ScenarioEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** A signal to the server's process on one instance, sent there by Run Command. */
public final class ServerSignal implements Fault {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final String text;
    private final String signal;

    private ServerSignal(String text, String signal) {
        this.text = text;
        this.signal = signal;
    }

    /** The server dies at once. Undone by a reboot of its instance, at whose end the server is started. */
    public static Fault kill() {
        return new ServerSignal("the server on one instance is killed (SIGKILL)", "KILL");
    }

    /** The server stands still: its sockets accept connections, and nothing answers. Undone by waking it. */
    public static Fault stop() {
        return new ServerSignal("the server on one instance stands still (SIGSTOP)", "STOP");
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public List<String> strike(Scene scene) {
        Environment environment = scene.environment();
        Instance struck = scene.any(new Fleet(environment).inService());
        String id = struck.instanceId();
        if (signal.equals("STOP")) {
            scene.undoing()
                    .note(
                            "the server on " + id + " is woken",
                            now -> ifThere(now, id, () -> send(now, struck, "CONT")));
        } else {
            scene.undoing().note(id + " is rebooted", now -> ifThere(now, id, () -> reboot(now, id)));
        }
        send(environment, struck, signal);
        environment.events().publish(new ScenarioEvent.InstanceChanged(id, "server got SIG" + signal));
        return List.of(id);
    }

    /** Somebody may have replaced it meanwhile. */
    private static void ifThere(Environment environment, String id, Runnable undo) {
        boolean runs = new Fleet(environment)
                .inService().stream().anyMatch(instance -> instance.instanceId().equals(id));
        if (runs) {
            undo.run();
        }
    }

    private static void reboot(Environment environment, String id) {
        environment.aws().ec2().rebootInstances(request -> request.instanceIds(id));
        environment.events().publish(new ScenarioEvent.InstanceChanged(id, "rebooting"));
    }

    static void send(Environment environment, Instance instance, String signal) {
        String command = environment
                .waiting()
                .retry(
                        "Systems Manager reaches " + instance.instanceId(),
                        LIMIT,
                        failure -> failure instanceof SsmException refusal
                                && refusal.awsErrorDetails().errorCode().equals("InvalidInstanceId"),
                        () -> environment
                                .aws()
                                .ssm()
                                .sendCommand(request -> request.documentName("AWS-RunShellScript")
                                        .instanceIds(instance.instanceId())
                                        .parameters(Map.of("commands", List.of(script(instance, signal)))))
                                .command()
                                .commandId());
        environment
                .waiting()
                .until("the signal is sent", LIMIT, () -> outcome(environment, command, instance.instanceId()));
    }

    private static Sight<Boolean> outcome(Environment environment, String command, String instance) {
        try {
            var invocation = environment.aws().ssm().getCommandInvocation(request -> request.commandId(command)
                    .instanceId(instance));
            CommandInvocationStatus status = invocation.status();
            return switch (status) {
                case SUCCESS -> Sight.of(true);
                case PENDING, IN_PROGRESS, DELAYED -> Sight.nothingYet(status.toString());
                default ->
                    throw new ScenarioException("The signal could not be sent: %s %s"
                            .formatted(status, invocation.standardErrorContent().strip()));
            };
        } catch (InvocationDoesNotExistException _) {
            return Sight.nothingYet("it is not there");
        }
    }

    /** By the address that it listens on: on the local cloud the instances see each other's processes. */
    private static String script(Instance instance, String signal) {
        String server = "[r]ecommendation-server.jar --host "
                + instance.privateIpAddress().replace(".", "\\.") + " ";
        return "pkill -" + signal + " -f '" + server + "'";
    }
}
