package dev.resilient.cloud.ec2.instance;

import dev.resilient.cloud.ec2.metadata.MetadataService;
import dev.resilient.process.Agent;
import dev.resilient.process.Guest;
import dev.resilient.process.Guest.Ending;
import dev.resilient.process.Host;
import dev.resilient.process.UserData;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;

/**
 * What makes one instance real: it carries out, one after the other and on one virtual thread, what the API ordered and what
 * the instance's processes did by themselves.
 *
 * <p>Calls of the API change the state in the {@link InstanceTable} first and then order what follows from it; an order that
 * no longer fits the state when its turn comes is dropped.
 */
final class Machine {
    private static final Logger log = LoggerFactory.getLogger(Machine.class);

    private final String id;
    private final Host host;
    private final InstanceTable table;
    private final Surroundings surroundings;
    private final Guest guest;
    private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
    private final Thread thread;

    // Confined to the thread.
    private @Nullable CompletableFuture<Ending> running;
    private @Nullable MetadataService metadata;
    private @Nullable Thread provisioning;

    /** What is carried out when it has its turn. */
    private interface Order {
        void carryOut() throws IOException;
    }

    /** The machine of an instance that is about to be shown. */
    Machine(String id, Host host, InstanceTable table, Surroundings surroundings) {
        this.id = id;
        this.host = host;
        this.table = table;
        this.surroundings = surroundings;
        this.guest = new Guest(id, host);
        this.thread = Thread.ofVirtual().name("machine of " + id).unstarted(this::run);
    }

    /** Begins to carry out orders; the first is to provision the instance, which is pending. */
    void start() {
        powerOn();
        thread.start();
    }

    /** The instance is pending: provision and boot it. */
    void powerOn() {
        orders.add(this::provision);
    }

    /** Run its processes anew, if it still runs when this has its turn. */
    void reboot() {
        orders.add(this::bootAgain);
    }

    /** The instance is stopping: end its processes. */
    void stop() {
        orders.add(this::powerOff);
    }

    /** The instance is shutting down: end it for good. */
    void terminate() {
        orders.add(this::release);
    }

    /** Waits until a terminated instance has left nothing; false if it takes longer than {@code limit}. */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return thread.join(limit);
    }

    /** What runs scripts on the instance from outside. */
    Agent agent() {
        return guest.agent();
    }

    /** The end of the console log; of a terminated instance the last there was. */
    byte[] console() {
        return guest.console();
    }

    private void run() {
        try {
            boolean more = true;
            while (more) {
                more = carryOut(orders.take());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            release();
        }
    }

    /** Carries out an order; false if it was the last one. */
    private boolean carryOut(Order order) {
        try {
            order.carryOut();
        } catch (IOException | RuntimeException failure) {
            log.error("{} failed", id, failure);
            table.transition(id, InstanceStateName.SHUTTING_DOWN, Reason.SERVER_ERROR);
            release();
        }
        return table.find(id)
                .filter(instance -> instance.state() != InstanceStateName.TERMINATED)
                .isPresent();
    }

    private void provision() {
        provisioning = Thread.ofVirtual().name("provisioning of " + id).start(() -> {
            try {
                host.time().sleep(surroundings.provisioning());
                orders.add(this::boot);
            } catch (InterruptedException terminated) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void boot() throws IOException {
        LaunchedInstance instance = table.get(id);
        if (instance.state() != InstanceStateName.PENDING) {
            return;
        }
        metadata = surroundings.startMetadata(instance);
        startGuest(instance, metadata);
        table.transition(id, InstanceStateName.RUNNING, null);
    }

    private void bootAgain() throws IOException {
        LaunchedInstance instance = table.get(id);
        MetadataService service = metadata;
        if (instance.state() == InstanceStateName.RUNNING && service != null) {
            endGuest();
            startGuest(instance, service);
        }
    }

    private void startGuest(LaunchedInstance instance, MetadataService service) throws IOException {
        CompletableFuture<Ending> booted = guest.boot(
                UserData.parse(LaunchPlanner.userData(instance.launch())),
                service.endpoint().toString(),
                Optional.ofNullable(instance.shown().iamInstanceProfile()).map(IamInstanceProfile::arn));
        running = booted;
        Thread.ofVirtual().name("exit of " + id).start(() -> ended(booted, booted.join()));
    }

    private void ended(CompletableFuture<Ending> boot, Ending ending) {
        orders.add(() -> {
            if (boot == running && table.get(id).state() == InstanceStateName.RUNNING) {
                exited(ending);
            }
        });
    }

    /** The processes of the last boot have ended by themselves, or somebody killed them. */
    private void exited(Ending ending) {
        boolean terminates = table.get(id).launch().instanceInitiatedShutdownBehavior() == ShutdownBehavior.TERMINATE;
        switch (ending) {
            case KILLED -> endAs(InstanceStateName.SHUTTING_DOWN, Reason.SERVER_ERROR);
            case EXITED ->
                endAs(terminates ? InstanceStateName.SHUTTING_DOWN : InstanceStateName.STOPPING, Reason.OWN_SHUTDOWN);
        }
    }

    private void endAs(InstanceStateName ending, Reason reason) {
        // The API may have been faster, and then its own order is on the way.
        if (table.transition(id, ending, reason).isPresent()) {
            if (ending == InstanceStateName.STOPPING) {
                powerOff();
            } else {
                release();
            }
        }
    }

    private void powerOff() {
        endGuest();
        closeMetadata();
        table.transition(id, InstanceStateName.STOPPED, null);
    }

    private void release() {
        Thread sleeper = provisioning;
        if (sleeper != null) {
            sleeper.interrupt();
        }
        endGuest();
        closeMetadata();
        guest.delete();
        table.find(id).ifPresent(surroundings::release);
        table.transition(id, InstanceStateName.TERMINATED, null);
    }

    private void endGuest() {
        running = null;
        guest.end();
    }

    private void closeMetadata() {
        MetadataService closing = metadata;
        if (closing != null) {
            closing.close();
            metadata = null;
        }
    }
}
