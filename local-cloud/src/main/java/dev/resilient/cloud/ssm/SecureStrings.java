package dev.resilient.cloud.ssm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.wire.ServiceError;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * Encrypts the values of secure strings, with AES-GCM under the only key that a cloud has for them. It is kept with the cloud's
 * resources, so what it hides is hidden from callers, and not from whoever can read the cloud's data. Each value is bound to the
 * name of its parameter. Thread-safe.
 */
record SecureStrings(Account account, Ids ids, SecretKey key) {
    /** The name of the key, which is the default where none is named. */
    static final String KEY_ID = "alias/aws/ssm";

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** With the key that is in the cloud's store, or else a new one. */
    static SecureStrings of(CloudContext cloud) {
        ResourceMap<String> keys = cloud.store().map("ssm.keys");
        keys.create(KEY_ID, cloud.ids().base64(KEY_BYTES));
        byte[] key = Base64.getDecoder().decode(keys.find(KEY_ID).orElseThrow());
        return new SecureStrings(cloud.account(), cloud.ids(), new SecretKeySpec(key, "AES"));
    }

    /** Refuses every key but the one that there is. */
    void check(String keyId) {
        String arn = keyId.startsWith("arn:")
                ? keyId
                : account.arn("kms", keyId.startsWith("alias/") ? keyId : "key/" + keyId);
        ServiceError.refuseIf(
                !arn.equals(account.arn("kms", KEY_ID)),
                "InvalidKeyId",
                arn.contains(":alias/") ? "Alias " + arn + " is not found." : "Key '" + arn + "' does not exist");
    }

    /** The value as it is kept and shown: encrypted if it is to be a secure string. */
    String encrypted(ParameterType type, String name, String value) {
        if (type != ParameterType.SECURE_STRING) {
            return value;
        }
        String nonce = ids.base64(NONCE_BYTES); // 16 characters, without padding
        return nonce
                + Base64.getEncoder().encodeToString(cipher(Cipher.ENCRYPT_MODE, nonce, name, value.getBytes(UTF_8)));
    }

    /** The value as it was put. */
    String decrypted(ParameterHistory version) {
        if (version.type() != ParameterType.SECURE_STRING) {
            return version.value();
        }
        String nonce = version.value().substring(0, NONCE_BYTES / 3 * 4);
        byte[] hidden = Base64.getDecoder().decode(version.value().substring(nonce.length()));
        return new String(cipher(Cipher.DECRYPT_MODE, nonce, version.name(), hidden), UTF_8);
    }

    private byte[] cipher(int mode, String nonce, String name, byte[] content) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode,
                    key,
                    new GCMParameterSpec(TAG_BITS, Base64.getDecoder().decode(nonce)));
            cipher.updateAAD(name.getBytes(UTF_8));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException damaged) {
            throw new IllegalStateException("the value of " + name + " is not what this cloud has encrypted", damaged);
        }
    }
}
