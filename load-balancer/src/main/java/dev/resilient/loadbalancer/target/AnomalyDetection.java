package dev.resilient.loadbalancer.target;

/**
 * How a target compares with its peers.
 *
 * @param anomalous whether more of its requests fail, with a status of 5xx or for want of an answer, than of theirs; never in a group
 *     with fewer than three healthy targets
 * @param mitigationInEffect whether it gets fewer requests than they do
 */
public record AnomalyDetection(boolean anomalous, boolean mitigationInEffect) {
    /** Like its peers, as far as anybody knows. */
    public static final AnomalyDetection NORMAL = new AnomalyDetection(false, false);
}
