package dev.resilient.cloud.ssm.command;

import dev.resilient.cloud.ssm.command.ManagedInstances.Execution;
import dev.resilient.cloud.ssm.command.ManagedInstances.ManagedInstance;
import dev.resilient.cloud.ssm.command.ManagedInstances.Result;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out invocations, each on a virtual thread of its own: waits for its instance, runs the script, and
 * writes down what became of it. Thread-safe.
 *
 * <p>These threads write to the store, so they are stopped by a future and never by an interrupt, which would close its file.
 */
final class InvocationRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(InvocationRunner.class);

    /** How often an instance that cannot be reached is tried again. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ResourceMap<SentCommand> commands;
    private final ManagedInstances instances;
    private final TimeSource time;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private record Key(String commandId, String instanceId) {}

    InvocationRunner(ResourceMap<SentCommand> commands, ManagedInstances instances, TimeSource time) {
        this.commands = commands;
        this.instances = instances;
        this.time = time;
    }

    /** Begins with every invocation of a command that is pending. */
    void start(SentCommand command) {
        command.invocations().forEach((instanceId, invocation) -> {
            if (!invocation.state().isFinal()) {
                Key key = new Key(command.id(), instanceId);
                Thread.ofVirtual().name("command " + key).start(() -> run(command, key));
            }
        });
    }

    /** Lets go of every invocation, without writing down any more; their scripts end with their instances. */
    @Override
    public void close() {
        closed.complete(null);
    }

    private void run(SentCommand command, Key key) {
        try {
            deliver(command, key).ifPresent(execution -> await(execution, command.script(), key));
        } catch (InterruptedException | RuntimeException failure) {
            log.error("{} could not be carried out", key, failure);
            end(key, CommandState.FAILED);
        }
    }

    /** Starts the script as soon as the instance can be reached; empty if it never can be. */
    private Optional<Execution> deliver(SentCommand command, Key key) throws InterruptedException {
        ShellScript script = command.script();
        while (!closed.isDone()) {
            if (isGone(key.instanceId())) {
                end(key, CommandState.UNDELIVERABLE);
                return Optional.empty();
            }
            Optional<Execution> execution =
                    instances.start(key.instanceId(), key.commandId(), script.text(), script.directory());
            if (execution.isPresent()) {
                Instant now = time.instant();
                update(key, invocation -> invocation.started(now));
                return execution;
            }
            if (!time.instant().isBefore(command.deliveryDeadline())) {
                end(key, CommandState.DELIVERY_TIMED_OUT);
                return Optional.empty();
            }
            time.sleep(RETRY);
        }
        return Optional.empty();
    }

    private void await(Execution execution, ShellScript script, Key key) {
        CompletableFuture<Result> returned = execution.result();
        CompletableFuture<Void> late = new CompletableFuture<>();
        Thread watch = Thread.ofVirtual().name("time-out of " + key).start(() -> {
            try {
                time.sleep(script.timeout());
                late.complete(null);
            } catch (InterruptedException inTime) {
                Thread.currentThread().interrupt();
            }
        });
        CompletableFuture.anyOf(returned, closed, late).join();
        watch.interrupt();
        if (returned.isDone()) {
            end(key, returned.join());
        } else {
            execution.end();
            end(key, CommandState.EXECUTION_TIMED_OUT);
        }
    }

    private void end(Key key, Result result) {
        Instant now = time.instant();
        if (result.exitStatus().isEmpty()) {
            end(key, CommandState.DELIVERY_TIMED_OUT);
        } else {
            int status = result.exitStatus().getAsInt();
            update(key, invocation -> invocation.returned(status, result.output(), result.error(), now));
        }
    }

    private boolean isGone(String instanceId) {
        return instances.list().stream().map(ManagedInstance::id).noneMatch(instanceId::equals);
    }

    private void end(Key key, CommandState state) {
        Instant now = time.instant();
        update(key, invocation -> invocation.ended(state, now));
    }

    private void update(Key key, UnaryOperator<Invocation> change) {
        if (!closed.isDone()) {
            commands.update(key.commandId(), command -> command.with(key.instanceId(), change));
        }
    }
}
