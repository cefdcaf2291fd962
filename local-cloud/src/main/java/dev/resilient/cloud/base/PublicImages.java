package dev.resilient.cloud.base;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;

/**
 * The machine images that the cloud offers to everyone: EC2 describes them, and the public parameters of Systems Manager
 * name the newest of each kind. Immutable.
 *
 * @param images in the order of their parameters' names
 */
public record PublicImages(List<PublicImage> images) {
    private static final String PARAMETERS = "/aws/service/ami-amazon-linux-latest/";

    /** The same for all, and part of their names. */
    private static final LocalDate RELEASED = LocalDate.of(2025, 10, 20);

    /** Keeps its own copy. */
    public PublicImages {
        images = List.copyOf(images);
    }

    /** The images of this account's region; the same account and region always get the same ids. */
    public static PublicImages of(Account account) {
        return new PublicImages(List.of(
                image(account, "al2023-ami-kernel-default-arm64", "arm64", "al2023-ami-2023.9.%s.0-kernel-6.1-arm64"),
                image(
                        account,
                        "al2023-ami-kernel-default-x86_64",
                        "x86_64",
                        "al2023-ami-2023.9.%s.0-kernel-6.1-x86_64"),
                image(account, "amzn2-ami-hvm-x86_64-gp2", "x86_64", "amzn2-ami-hvm-2.0.%s.0-x86_64-gp2")));
    }

    private static PublicImage image(Account account, String parameter, String architecture, String name) {
        return new PublicImage(
                PARAMETERS + parameter,
                imageId(account, parameter),
                architecture,
                name.formatted(RELEASED.format(DateTimeFormatter.BASIC_ISO_DATE)),
                RELEASED + "T00:00:00.000Z");
    }

    private static String imageId(Account account, String parameter) {
        String origin = account.id() + "/" + account.region() + "/" + parameter;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(origin.getBytes(StandardCharsets.UTF_8));
            return "ami-0" + HexFormat.of().formatHex(digest).substring(0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /**
     * One image.
     *
     * @param parameterName the public parameter whose value is the image's id
     * @param imageId {@code ami-} and 17 hexadecimal digits
     * @param architecture EC2's value: {@code x86_64} or {@code arm64}
     * @param name the image's name, as EC2 shows it
     * @param created when it was made, as EC2 shows it
     */
    public record PublicImage(String parameterName, String imageId, String architecture, String name, String created) {}
}
