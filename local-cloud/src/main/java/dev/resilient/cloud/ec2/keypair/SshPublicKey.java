package dev.resilient.cloud.ec2.keypair;

import dev.resilient.wire.ServiceError;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import software.amazon.awssdk.services.ec2.model.KeyType;

/**
 * A public key in the form of SSH (RFC 4253, section 6.6).
 *
 * @param blob its name and its numbers, each behind its length
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record SshPublicKey(KeyType type, byte[] blob) {
    private static final String RSA = "ssh-rsa";
    private static final String ED25519 = "ssh-ed25519";

    static SshPublicKey of(RSAPublicKey key) {
        return new SshPublicKey(
                KeyType.RSA,
                joined(
                        RSA.getBytes(StandardCharsets.US_ASCII),
                        key.getPublicExponent().toByteArray(),
                        key.getModulus().toByteArray()));
    }

    /** @param point the 32 bytes of the key */
    static SshPublicKey ofEd25519(byte[] point) {
        return new SshPublicKey(KeyType.ED25519, joined(ED25519.getBytes(StandardCharsets.US_ASCII), point));
    }

    /**
     * Reads a line as in {@code authorized_keys}.
     *
     * @throws ServiceError {@code InvalidKey.Format}
     */
    static SshPublicKey parse(String line) {
        String[] words = line.split("\\s+");
        try {
            byte[] blob = Base64.getDecoder().decode(words.length < 2 ? "?" : words[1]);
            ByteBuffer rest = ByteBuffer.wrap(blob);
            String name = new String(next(rest), StandardCharsets.US_ASCII);
            if (name.equals(words[0]) && name.equals(RSA)) {
                rsa(blob);
                return new SshPublicKey(KeyType.RSA, blob);
            }
            if (name.equals(words[0]) && name.equals(ED25519) && next(rest).length == 32 && !rest.hasRemaining()) {
                return new SshPublicKey(KeyType.ED25519, blob);
            }
            throw malformed();
        } catch (IllegalArgumentException | BufferUnderflowException | GeneralSecurityException notOne) {
            throw malformed();
        }
    }

    /** As AWS computes it for keys that were imported: MD5 of an RSA key in DER, SHA-256 of this form of others. */
    String fingerprint() {
        try {
            return type == KeyType.RSA
                    ? HexFormat.ofDelimiter(":")
                            .formatHex(MessageDigest.getInstance("MD5")
                                    .digest(rsa(blob).getEncoded()))
                    : sha256();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the key was read before", impossible);
        }
    }

    /** SHA-256 of this form, in Base64. */
    String sha256() {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(blob));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** As in {@code authorized_keys}, without a comment. */
    @Override
    public String toString() {
        return (type == KeyType.RSA ? RSA : ED25519) + " " + Base64.getEncoder().encodeToString(blob);
    }

    /** Byte strings, each behind its length. */
    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    private static RSAPublicKey rsa(byte[] blob) throws GeneralSecurityException {
        ByteBuffer rest = ByteBuffer.wrap(blob);
        next(rest);
        BigInteger exponent = new BigInteger(next(rest));
        BigInteger modulus = new BigInteger(next(rest));
        return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static byte[] next(ByteBuffer rest) {
        int length = rest.getInt();
        if (length < 0 || length > rest.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] part = new byte[length];
        rest.get(part);
        return part;
    }

    private static ServiceError malformed() {
        return ServiceError.badRequest("InvalidKey.Format", "Key is not in valid OpenSSH public key format");
    }
}
