package dev.resilient.loadbalancer.proxy;

import dev.resilient.loadbalancer.io.Workers;
import io.netty.channel.EventLoop;

/**
 * One event loop and the connections to targets that it keeps alive. A request, its client's and its target's connection stay on
 * one worker from beginning to end, so that nothing between them needs a lock.
 */
record Worker(Workers all, EventLoop loop, TargetConnectionPool pool) {}
