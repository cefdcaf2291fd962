package dev.resilient.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;
import software.amazon.awssdk.services.ec2.model.KeyType;

final class KeyPairsTest {
    @TempDir
    Path directory;

    private Ec2Fixture cloud;

    @BeforeEach
    void start() {
        cloud = new Ec2Fixture(directory);
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    /** What ssh-keygen makes of the private half is the public half that EC2 shows. */
    @Test
    void both_halves_belong_together() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "needs ssh-keygen");
        CreateKeyPairResponse made = create("mine", KeyType.RSA);
        Path file = directory.resolve("mine.pem");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, made.keyMaterial() + "\n");

        String[] words =
                output("ssh-keygen", "-y", "-P", "", "-f", file.toString()).split(" ");

        assertThat(describe(true).publicKey()).isEqualTo(words[0] + " " + words[1].strip() + " mine");
        assertThat(describe(false).publicKey()).isNull();
        assertThat(describe(false).keyType()).isEqualTo(KeyType.RSA);
    }

    @Test
    void the_fingerprint_of_an_rsa_key_is_that_of_its_private_half() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "needs openssl");
        CreateKeyPairResponse made = create("mine", KeyType.RSA);
        Path file = directory.resolve("mine.pem");
        Files.writeString(file, made.keyMaterial() + "\n");

        String digest = output(
                "bash",
                "-c",
                "openssl pkcs8 -in " + file + " -inform PEM -outform DER -topk8 -nocrypt | openssl sha1 -c");

        assertThat(digest.strip()).endsWith(made.keyFingerprint());
        assertThat(made.keyMaterial())
                .startsWith("-----BEGIN RSA PRIVATE KEY-----\n")
                .endsWith("-----END RSA PRIVATE KEY-----");
    }

    @Test
    void a_key_pair_has_a_name_of_its_own_and_can_be_deleted_twice() {
        assertError(() -> create("mine", KeyType.ED25519), "UnsupportedOperation");
        CreateKeyPairResponse made = create("mine", KeyType.RSA);
        assertError(() -> create("mine", KeyType.RSA), "InvalidKeyPair.Duplicate");
        DescribeKeyPairsResponse filtered = cloud.call(DescribeKeyPairsRequest.builder()
                .filters(Filter.builder().name("key-name").values("m*").build())
                .build());
        assertThat(filtered.keyPairs()).extracting(KeyPairInfo::keyPairId).containsExactly(made.keyPairId());

        DeleteKeyPairResponse deleted =
                cloud.call(DeleteKeyPairRequest.builder().keyName("mine").build());
        DeleteKeyPairResponse again =
                cloud.call(DeleteKeyPairRequest.builder().keyName("mine").build());

        assertThat(deleted.keyPairId()).isEqualTo(made.keyPairId());
        assertThat(again.returnValue()).isTrue();
        assertError(() -> describe(false), "InvalidKeyPair.NotFound");
        assertError(() -> cloud.run(Ec2Fixture.launch("#!/bin/sh\n").keyName("mine")), "InvalidKeyPair.NotFound");
    }

    private CreateKeyPairResponse create(String name, KeyType type) {
        return cloud.call(
                CreateKeyPairRequest.builder().keyName(name).keyType(type).build());
    }

    private KeyPairInfo describe(boolean publicKey) {
        DescribeKeyPairsResponse response = cloud.call(DescribeKeyPairsRequest.builder()
                .keyNames("mine")
                .includePublicKey(publicKey)
                .build());
        return response.keyPairs().getFirst();
    }

    private static String output(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static void assertError(ThrowingCallable call, String code) {
        assertThatExceptionOfType(ServiceError.class).isThrownBy(call).satisfies(error -> assertThat(error.code())
                .isEqualTo(code));
    }
}
