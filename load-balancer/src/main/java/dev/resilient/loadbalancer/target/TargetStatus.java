package dev.resilient.loadbalancer.target;

/** A registered or draining target, its health and how it compares with its peers, at one moment. */
public record TargetStatus(Target target, TargetHealth health, AnomalyDetection anomalyDetection) {}
