package dev.resilient.cloud.ec2.keypair;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A new RSA key of 2048 bits.
 *
 * @param fingerprint as EC2 makes it of keys that it has made: the SHA-1 of the private half
 * @param publicKey as in {@code authorized_keys}
 * @param privateKey PEM: PKCS #1
 */
record KeyMaterial(String fingerprint, String publicKey, String privateKey) {
    private static final int BITS = 2048;

    /** What PKCS #8 puts before the PKCS #1 form of a key of this size. */
    private static final int PKCS8_PREFIX = 26;

    static KeyMaterial generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            KeyPair pair = generator.generateKeyPair();
            byte[] pkcs8 = pair.getPrivate().getEncoded();
            byte[] pkcs1 = Arrays.copyOfRange(pkcs8, PKCS8_PREFIX, pkcs8.length);
            return new KeyMaterial(
                    HexFormat.ofDelimiter(":")
                            .formatHex(MessageDigest.getInstance("SHA-1").digest(pkcs8)),
                    ssh((RSAPublicKey) pair.getPublic()),
                    "-----BEGIN RSA PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs1)
                            + "\n-----END RSA PRIVATE KEY-----");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has RSA and SHA-1", impossible);
        }
    }

    /** Each part behind its length (RFC 4253, section 6.6). */
    private static String ssh(RSAPublicKey key) {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        for (byte[] part : List.of(
                "ssh-rsa".getBytes(StandardCharsets.US_ASCII),
                key.getPublicExponent().toByteArray(),
                key.getModulus().toByteArray())) {
            blob.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            blob.writeBytes(part);
        }
        return "ssh-rsa " + Base64.getEncoder().encodeToString(blob.toByteArray());
    }
}
