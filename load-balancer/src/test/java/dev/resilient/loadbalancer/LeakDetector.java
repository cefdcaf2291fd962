package dev.resilient.loadbalancer;

import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Netty's leak detector, which remembers what it finds. Netty makes it, by the system property that the build sets. */
public final class LeakDetector<T> extends ResourceLeakDetector<T> {
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    /** Without a limit to what is followed, as Netty also asks for. */
    public LeakDetector(Class<?> resource, int samplingInterval) {
        super(resource, samplingInterval);
    }

    /** With a limit, which paranoia does not know. */
    public LeakDetector(Class<?> resource, int samplingInterval, long maximumActive) {
        super(resource, samplingInterval);
        assert maximumActive > 0 : maximumActive;
    }

    /** What was collected as garbage without having been released, with where it had been. */
    static List<String> leaks() {
        return new ArrayList<>(LEAKS);
    }

    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String resource, String records) {
        LEAKS.add(resource + records);
    }

    @Override
    protected void reportUntracedLeak(String resource) {
        LEAKS.add(resource);
    }
}
