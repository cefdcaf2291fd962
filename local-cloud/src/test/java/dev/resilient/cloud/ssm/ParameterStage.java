package dev.resilient.cloud.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.OpenGate;
import dev.resilient.cloud.base.PublicImages;
import dev.resilient.cloud.base.TestContext;
import dev.resilient.testing.ManualTime;
import dev.resilient.wire.Call;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import dev.resilient.wire.ServiceError;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/** A Parameter Store, and in short words what tests do with plain strings in it. */
final class ParameterStage {
    static final Account ACCOUNT = Account.inRegion("us-west-2");
    static final Call CALL = new Call(
            new Caller("123456789012", "arn:aws:iam::123456789012:user/administrator", "AIDA"),
            "request",
            new byte[0],
            Gate.Origin.NONE,
            new OpenGate());

    final ManualTime time = new ManualTime();
    final PublicImages images = PublicImages.of(ACCOUNT);
    final CloudContext cloud = TestContext.at(time);
    final ParameterStore store = new ParameterStore(cloud.store(), images, time.instant());
    final SecureStrings secrets = SecureStrings.of(cloud);
    final ParameterReads reads = new ParameterReads(store, new ParameterNames(ACCOUNT), secrets);
    final ParameterWrites writes = new ParameterWrites(store, secrets, time, (name, value) -> {});

    PutParameterResponse put(String name, String value) {
        return writes.put(
                PutParameterRequest.builder()
                        .name(name)
                        .value(value)
                        .type(ParameterType.STRING)
                        .build(),
                CALL);
    }

    PutParameterResponse overwrite(String name, String value) {
        return writes.put(
                PutParameterRequest.builder()
                        .name(name)
                        .value(value)
                        .overwrite(true)
                        .build(),
                CALL);
    }

    Parameter get(String name) {
        return reads.get(GetParameterRequest.builder().name(name).build()).parameter();
    }

    static void assertError(ThrowingCallable call, String code, String message) {
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(call)
                .withMessage(message)
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo(code);
                    assertThat(error.status()).isEqualTo(400);
                });
    }
}
