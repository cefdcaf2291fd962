package dev.resilient.loadbalancer;

/** A registered or draining target and its health at one moment. */
public record TargetStatus(Target target, TargetHealth health) {}
