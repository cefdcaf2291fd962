package dev.resilient.cloud.ec2.keypair;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import software.amazon.awssdk.services.ec2.model.KeyType;

/**
 * A key pair that was just made. It comes from the platform's secure source and not from the cloud's: a key that chance can be
 * replayed for would be none.
 *
 * @param publicKey as in {@code authorized_keys}, without a comment
 * @param privateKey PEM: PKCS #1 for RSA, OpenSSH's own form for ED25519
 */
record KeyMaterial(KeyType type, String fingerprint, String publicKey, String privateKey) {
    private static final int RSA_BITS = 2048;
    private static final int ED25519_BYTES = 32;

    /** What PKCS #8 puts before the PKCS #1 form of an RSA key of this size. */
    private static final int PKCS8_PREFIX = 26;

    static KeyMaterial generate(KeyType type) {
        try {
            return type == KeyType.ED25519 ? ed25519() : rsa();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java platform lacks " + type, impossible);
        }
    }

    private static KeyMaterial rsa() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        KeyPair pair = generator.generateKeyPair();
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        return new KeyMaterial(
                KeyType.RSA,
                HexFormat.ofDelimiter(":")
                        .formatHex(MessageDigest.getInstance("SHA-1").digest(pkcs8)),
                SshPublicKey.of((RSAPublicKey) pair.getPublic()).toString(),
                pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, PKCS8_PREFIX, pkcs8.length)));
    }

    private static KeyMaterial ed25519() throws NoSuchAlgorithmException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] point = last(pair.getPublic().getEncoded());
        SshPublicKey publicKey = SshPublicKey.ofEd25519(point);
        return new KeyMaterial(
                KeyType.ED25519,
                publicKey.sha256(),
                publicKey.toString(),
                pem(
                        "OPENSSH PRIVATE KEY",
                        openSsh(publicKey, point, last(pair.getPrivate().getEncoded()))));
    }

    /** The file format of OpenSSH ({@code PROTOCOL.key}), without a passphrase. */
    private static byte[] openSsh(SshPublicKey publicKey, byte[] point, byte[] seed) {
        ByteArrayOutputStream secret = new ByteArrayOutputStream();
        byte[] check = Arrays.copyOf(point, Integer.BYTES); // twice the same, to tell a wrong passphrase by
        secret.writeBytes(check);
        secret.writeBytes(check);
        byte[] both = Arrays.copyOf(seed, 2 * ED25519_BYTES);
        System.arraycopy(point, 0, both, ED25519_BYTES, ED25519_BYTES);
        secret.writeBytes(publicKey.blob());
        secret.writeBytes(SshPublicKey.joined(both, new byte[0]));
        for (int padding = 1; secret.size() % 8 != 0; padding++) {
            secret.write(padding);
        }
        byte[] none = "none".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(SshPublicKey.joined(none, none, new byte[0]));
        file.writeBytes(new byte[] {0, 0, 0, 1});
        file.writeBytes(SshPublicKey.joined(publicKey.blob(), secret.toByteArray()));
        return file.toByteArray();
    }

    private static byte[] last(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + label + "-----";
    }
}
