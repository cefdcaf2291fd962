package dev.resilient.loadbalancer.rotation;

/** What has to end when its target is gone: a connection to it. */
public interface Retirable {

    /** The target is gone. May be called from any thread, and more than once. */
    void retire();
}
