package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.target.AnomalyDetection;

/**
 * What comparing a target with its peers has come to.
 *
 * @param anomalous whether it fails more often than they do
 * @param share of the requests that it would get as their equal; 1, or less while an anomaly is mitigated
 */
record Weight(boolean anomalous, double share) {
    static final Weight NORMAL = new Weight(false, 1);
    /** Enough requests to see that the target has recovered. */
    static final double LEAST_SHARE = 1.0 / 32;

    private static final double STEP = 2;

    /** The weight after the next comparison: halved while the anomaly lasts, doubled when it is over. */
    Weight next(boolean nowAnomalous, boolean mitigate) {
        if (!mitigate) {
            return new Weight(nowAnomalous, 1);
        }
        double next = nowAnomalous ? Math.max(LEAST_SHARE, share / STEP) : Math.min(1, share * STEP);
        return new Weight(nowAnomalous, next);
    }

    AnomalyDetection shown() {
        return new AnomalyDetection(anomalous, share < 1);
    }
}
