package dev.resilient.loadbalancer.target;

/** A registered or draining target and its health at one moment. */
public record TargetStatus(Target target, TargetHealth health) {}
