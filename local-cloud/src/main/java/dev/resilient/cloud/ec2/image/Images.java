package dev.resilient.cloud.ec2.image;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.PublicImages;
import dev.resilient.cloud.base.PublicImages.PublicImage;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.wire.ServiceError;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DeviceType;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;

/** The public images that instances can be launched from. What an instance runs does not depend on its image. */
public final class Images {
    /** What the root device of every image is called. */
    public static final String ROOT_DEVICE = "/dev/xvda";

    private static final String OWNER = "amazon";

    private final PublicImages images;
    private final FilterSet<Image> filters = new FilterSet<Image>()
            .on("image-id", Image::imageId)
            .on("name", Image::name)
            .on("architecture", Image::architectureAsString)
            .on("state", Image::stateAsString)
            .on("is-public", Image::publicLaunchPermissions)
            .on("owner-alias", Image::imageOwnerAlias)
            .on("virtualization-type", Image::virtualizationTypeAsString)
            .on("root-device-type", Image::rootDeviceTypeAsString)
            .on("image-type", Image::imageTypeAsString);

    /** These images. */
    public Images(PublicImages images) {
        this.images = images;
    }

    /**
     * The image with this id.
     *
     * @throws ServiceError {@code InvalidAMIID.Malformed} or {@code InvalidAMIID.NotFound}
     */
    public PublicImage get(String id) {
        refuseIf(
                !id.startsWith("ami-"),
                () -> ServiceError.badRequest(
                        "InvalidAMIID.Malformed", "Invalid id: \"" + id + "\" (expecting \"ami-...\")"));
        return images.images().stream()
                .filter(image -> image.imageId().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        ServiceError.badRequest("InvalidAMIID.NotFound", "The image id '[" + id + "]' does not exist"));
    }

    /** Whether instances of this image refuse metadata requests without a token unless their launch says otherwise. */
    public static boolean requiresTokens(PublicImage image) {
        return image.name().startsWith("al2023");
    }

    /** Registers every operation. */
    public void register(Registrar registrar) {
        registrar.describe(DescribeImagesRequest.class, this::describe);
    }

    private DescribeImagesResponse describe(DescribeImagesRequest request) {
        List<Image> chosen = (request.imageIds().isEmpty()
                        ? images.images().stream()
                        : request.imageIds().stream().map(this::get))
                .map(Images::render)
                .filter(image -> request.owners().isEmpty() || request.owners().contains(OWNER))
                .toList();
        return filters.answer(request, DescribeImagesResponse.builder(), chosen, Image::imageId, item -> item);
    }

    private static Image render(PublicImage image) {
        return Image.builder()
                .imageId(image.imageId())
                .name(image.name())
                .architecture(image.architecture())
                .state(ImageState.AVAILABLE)
                .publicLaunchPermissions(true)
                .imageOwnerAlias(OWNER)
                .imageType("machine")
                .platformDetails("Linux/UNIX")
                .virtualizationType("hvm")
                .hypervisor("xen")
                .rootDeviceName(ROOT_DEVICE)
                .rootDeviceType(DeviceType.EBS)
                .imdsSupport(requiresTokens(image) ? "v2.0" : null)
                .build();
    }
}
