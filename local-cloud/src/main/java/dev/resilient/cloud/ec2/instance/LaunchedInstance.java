package dev.resilient.cloud.ec2.instance;

import dev.resilient.cloud.base.PublicImages.PublicImage;
import dev.resilient.cloud.ec2.process.UserData;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsResponse;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/**
 * An instance: how it was launched, where it is, and how it does.
 *
 * @param launch what it was launched with, but for attributes that were modified
 * @param place its address and what belongs to it; never changes
 * @param status its state
 * @param metadataOptions how its metadata service behaves
 */
record LaunchedInstance(
        String id, Launch launch, Place place, Status status, InstanceMetadataOptionsResponse metadataOptions) {

    /**
     * What an instance was launched with.
     *
     * @param index its place among the instances of its reservation, from 0
     * @param request all parameters, those of the launch template included
     * @param securityGroupIds at least one
     */
    record Launch(
            String reservationId,
            int index,
            RunInstancesRequest request,
            PublicImage image,
            UserData userData,
            List<String> securityGroupIds) {

        Launch with(RunInstancesRequest newRequest, UserData newUserData) {
            return new Launch(reservationId, index, newRequest, image, newUserData, securityGroupIds);
        }

        Launch withSecurityGroups(List<String> ids) {
            return new Launch(reservationId, index, request, image, userData, ids);
        }
    }

    /** Where an instance is, and its network interface. */
    record Place(String zone, String subnetId, String vpcId, String address, String interfaceId, String mac) {}

    /**
     * How an instance does.
     *
     * @param since when it came into this state
     * @param launchTime when it was launched or last started
     * @param reason why it is in this state; null where there is nothing to explain
     */
    record Status(
            InstanceState state,
            Instant since,
            Instant launchTime,
            @Nullable Reason reason) {}

    /** Why an instance changed its state, in EC2's words. */
    enum Reason {
        /** A call of StopInstances or TerminateInstances. */
        USER_REQUEST("Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown"),
        /** Its processes came to their end. */
        OWN_SHUTDOWN(
                "Client.InstanceInitiatedShutdown", "Client.InstanceInitiatedShutdown: Instance initiated shutdown"),
        /** It was killed, or could not be started. */
        SERVER_ERROR("Server.InternalError", "Server.InternalError: Internal error");

        private final String code;
        private final String message;

        Reason(String code, String message) {
            this.code = code;
            this.message = message;
        }

        String code() {
            return code;
        }

        String message() {
            return message;
        }
    }

    InstanceState state() {
        return status.state();
    }

    LaunchedInstance with(Launch newLaunch) {
        return new LaunchedInstance(id, newLaunch, place, status, metadataOptions);
    }

    LaunchedInstance with(Status newStatus) {
        return new LaunchedInstance(id, launch, place, newStatus, metadataOptions);
    }

    LaunchedInstance with(InstanceMetadataOptionsResponse newOptions) {
        return new LaunchedInstance(id, launch, place, status, newOptions);
    }
}
