package dev.resilient.wire;

/** One service of the cloud: what it is called on the wire, and the operations it supports. */
public interface AwsService {

    /** How the service appears on the wire. */
    ServiceModel model();

    /** Registers every operation that this service supports; called once for each registry, before the endpoint starts. */
    void register(OperationRegistry operations);
}
