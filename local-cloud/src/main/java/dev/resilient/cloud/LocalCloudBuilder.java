package dev.resilient.cloud;

import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.realism.Day;
import dev.resilient.cloud.store.Hindsight;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.time.SystemTime;
import dev.resilient.time.TimeSource;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link LocalCloud}. Not thread-safe. */
public final class LocalCloudBuilder {
    String region = "us-west-2";
    double pace = 10;
    Path data = Path.of("");
    Path javaHome = Path.of(System.getProperty("java.home"));
    InetAddress address = InetAddress.getLoopbackAddress();
    int port;
    private boolean lasting;
    private OptionalLong realism = OptionalLong.empty();
    TimeSource time = SystemTime.INSTANCE;
    RandomGenerator random = new SecureRandom();
    Supplier<Map<String, String>> instanceEnvironment = Map::of;

    LocalCloudBuilder() {}

    /** The one region; default {@code us-west-2}. */
    public LocalCloudBuilder region(String value) {
        this.region = value;
        return this;
    }

    /** How much faster than AWS the cloud waits, in [1, 100]; default 10. */
    public LocalCloudBuilder pace(double value) {
        this.pace = value;
        return this;
    }

    /** The folder for everything that the cloud keeps on disk; it must exist. Default the current folder. */
    public LocalCloudBuilder data(Path value) {
        this.data = value;
        return this;
    }

    /**
     * Keeps every resource but instances in the data folder, for the next cloud that is started there. By default they end with
     * this cloud.
     */
    public LocalCloudBuilder lasting() {
        this.lasting = true;
        return this;
    }

    /** The JDK that instances find on their path; default this JVM's. */
    public LocalCloudBuilder javaHome(Path value) {
        this.javaHome = value;
        return this;
    }

    /** Where the endpoint listens; default a free port of the loopback address. */
    public LocalCloudBuilder listenOn(InetAddress listenAddress, int listenPort) {
        this.address = listenAddress;
        this.port = listenPort;
        return this;
    }

    /**
     * Makes the control plane behave as AWS's does on a bad day: calls are throttled and fail, changes take their time to be seen,
     * and what is let go of lingers. By default everything is seen at once.
     *
     * @param seed equal seeds give equal bad days, as far as what is asked and in which order is equal
     */
    public LocalCloudBuilder realism(long seed) {
        this.realism = OptionalLong.of(seed);
        return this;
    }

    /** Where time comes from; default the machine's clocks. */
    public LocalCloudBuilder time(TimeSource value) {
        this.time = value;
        return this;
    }

    /** Where ids and secrets come from; default the machine's secure source. */
    public LocalCloudBuilder random(RandomGenerator value) {
        this.random = value;
        return this;
    }

    /** Further environment variables of instances, asked at each boot; default none. */
    public LocalCloudBuilder instanceEnvironment(Supplier<Map<String, String>> value) {
        this.instanceEnvironment = value;
        return this;
    }

    /**
     * Starts the cloud; it answers when this returns.
     *
     * @throws IllegalArgumentException if the pace is out of range
     * @throws java.io.UncheckedIOException if the address cannot be bound
     * @throws IllegalStateException if what is in the data folder cannot be used
     */
    public LocalCloud start() {
        return new LocalCloud(this);
    }

    ResourceStore store(@Nullable Hindsight hindsight) {
        return lasting
                ? ResourceStore.inFile(data.resolve(LocalCloud.RESOURCES), hindsight)
                : ResourceStore.inMemory(hindsight);
    }

    Day day() {
        return realism.isPresent() ? Day.bad(realism.getAsLong(), new Pace(pace), time) : Day.GOOD;
    }
}
