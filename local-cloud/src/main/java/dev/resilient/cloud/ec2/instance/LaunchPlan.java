package dev.resilient.cloud.ec2.instance;

import dev.resilient.cloud.base.PublicImages.PublicImage;
import dev.resilient.cloud.ec2.instance.InstanceProfiles.Profile;
import dev.resilient.cloud.ec2.process.UserData;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * What a request to run instances comes to once it is known to be right.
 *
 * @param request all parameters, those of the launch template included
 * @param securityGroupIds at least one
 * @param profile null for none
 * @param tags of each instance
 */
record LaunchPlan(
        RunInstancesRequest request,
        PublicImage image,
        Subnet subnet,
        List<String> securityGroupIds,
        UserData userData,
        @Nullable Profile profile,
        List<Tag> tags) {}
