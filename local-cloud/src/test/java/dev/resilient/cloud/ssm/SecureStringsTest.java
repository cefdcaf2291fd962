package dev.resilient.cloud.ssm;

import static dev.resilient.cloud.ssm.ParameterStage.ACCOUNT;
import static dev.resilient.cloud.ssm.ParameterStage.CALL;
import static dev.resilient.cloud.ssm.ParameterStage.assertError;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.event.CloudEvents;
import dev.resilient.cloud.store.ResourceStore;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

class SecureStringsTest {
    private final ParameterStage stage = new ParameterStage();

    @Test
    void a_secure_string_is_shown_to_those_who_ask_for_decryption() {
        put("secret", null);

        String shown = stage.get("secret").value();
        assertThat(new String(Base64.getDecoder().decode(shown), UTF_8)).doesNotContain("plain");
        assertThat(stage.store.require("secret").newest().value()).isEqualTo(shown);
        assertThat(stage.get("secret").type()).isEqualTo(ParameterType.SECURE_STRING);
        assertThat(decrypted("secret")).isEqualTo("plain");
    }

    @Test
    void equal_secrets_do_not_look_equal() {
        put("one", null);
        put("two", null);

        assertThat(stage.get("one").value()).isNotEqualTo(stage.get("two").value());
        assertThat(decrypted("two")).isEqualTo("plain");
    }

    @Test
    void a_secure_string_is_still_readable_after_the_next_start(@TempDir Path data) {
        ParameterHistory version = ParameterHistory.builder()
                .name("secret")
                .type(ParameterType.SECURE_STRING)
                .build();
        ParameterHistory kept = withSecretsIn(
                data,
                1,
                secrets -> version.copy(put -> put.value(secrets.encrypted(version.type(), "secret", "plain"))));

        String read = withSecretsIn(data, 2, secrets -> secrets.decrypted(kept));
        assertThat(read).isEqualTo("plain");
    }

    private <T> T withSecretsIn(Path data, long seed, Function<SecureStrings, T> use) {
        try (ResourceStore resources = ResourceStore.inFile(data.resolve("resources"))) {
            Ids ids = new Ids(new Random(seed));
            return use.apply(SecureStrings.of(
                    new CloudContext(ACCOUNT, Pace.REAL, stage.time, ids, new CloudEvents(), resources)));
        }
    }

    @Test
    void there_is_one_key() {
        put("alias", "alias/aws/ssm");
        put("arn", "arn:aws:kms:us-west-2:123456789012:alias/aws/ssm");

        assertThat(stage.store.require("alias").newest().keyId()).isEqualTo("alias/aws/ssm");
        assertError(
                () -> put("none", "alias/nope"),
                "InvalidKeyId",
                "Alias arn:aws:kms:us-west-2:123456789012:alias/nope is not found.");
        assertError(
                () -> put("none", "0f9b04ee"),
                "InvalidKeyId",
                "Key 'arn:aws:kms:us-west-2:123456789012:key/0f9b04ee' does not exist");
        assertThat(stage.store.find("none")).isEmpty();
    }

    private void put(String name, @Nullable String keyId) {
        stage.writes.put(
                PutParameterRequest.builder()
                        .name(name)
                        .value("plain")
                        .type(ParameterType.SECURE_STRING)
                        .keyId(keyId)
                        .build(),
                CALL);
    }

    private String decrypted(String name) {
        return stage.reads
                .get(GetParameterRequest.builder()
                        .name(name)
                        .withDecryption(true)
                        .build())
                .parameter()
                .value();
    }
}
