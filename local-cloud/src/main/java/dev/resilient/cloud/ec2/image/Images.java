package dev.resilient.cloud.ec2.image;

import dev.resilient.cloud.base.PublicImages;
import dev.resilient.cloud.base.PublicImages.PublicImage;
import dev.resilient.cloud.ec2.request.Errors;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.wire.ServiceError;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DeviceType;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.ImdsSupportValues;

/** The public images that instances can be launched from. What an instance runs does not depend on its image. */
public final class Images {
    private static final String OWNER = "amazon";
    private static final String OWNER_ID = "137112412989";
    private static final FilterSet<Image> FILTERS = FilterSet.of(Image.builder(), """
        image-id name architecture state is-public=public-launch-permissions owner-alias=image-owner-alias
        owner-id creation-date description hypervisor virtualization-type root-device-name root-device-type image-type
        platform
        """);

    private final List<Image> images;

    /** These images. */
    public Images(PublicImages images) {
        this.images = images.images().stream().map(Images::shape).toList();
    }

    /**
     * The image with this id.
     *
     * @throws ServiceError {@code InvalidAMIID.Malformed} or {@code InvalidAMIID.NotFound}
     */
    public Image get(String id) {
        Errors.refuseMalformed(id, "ami-", "InvalidAMIID.Malformed");
        return images.stream()
                .filter(image -> image.imageId().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        ServiceError.badRequest("InvalidAMIID.NotFound", "The image id '[" + id + "]' does not exist"));
    }

    /** Registers every operation. */
    public void register(Registrar registrar) {
        registrar.describe(DescribeImagesRequest.class, this::describe);
    }

    private DescribeImagesResponse describe(DescribeImagesRequest request) {
        request.imageIds().forEach(this::get);
        boolean owned =
                request.owners().isEmpty() || request.owners().stream().anyMatch(List.of(OWNER, OWNER_ID)::contains);
        return FILTERS.answer(request, DescribeImagesResponse.builder(), owned ? images : List.of(), Image::imageId);
    }

    private static Image shape(PublicImage image) {
        return Image.builder()
                .imageId(image.imageId())
                .name(image.name())
                .architecture(image.architecture())
                .state(ImageState.AVAILABLE)
                .publicLaunchPermissions(true)
                .imageOwnerAlias(OWNER)
                .ownerId(OWNER_ID)
                .imageLocation(OWNER + "/" + image.name())
                .creationDate(image.created())
                .imageType("machine")
                .platformDetails("Linux/UNIX")
                .virtualizationType("hvm")
                .hypervisor("xen")
                .rootDeviceName("/dev/xvda")
                .rootDeviceType(DeviceType.EBS)
                // Instances of these refuse metadata requests without a token unless their launch says otherwise.
                .imdsSupport(image.name().startsWith("al2023") ? ImdsSupportValues.V2_0 : null)
                .build();
    }
}
