package dev.resilient.cloud.base;

import dev.resilient.wire.Access;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Knows one key and allows everything. */
public final class OpenGate implements Gate {
    private static final String ID = "AKIDEXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final Caller CALLER = new Caller("123456789012", "arn:aws:iam::123456789012:user/test", "AIDATEST");

    /** The key that it knows. */
    public static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ID, SECRET));

    @Override
    public Optional<AccessKey> accessKey(String accessKeyId) {
        return accessKeyId.equals(ID) ? Optional.of(new AccessKey(ID, SECRET, null, null, CALLER)) : Optional.empty();
    }

    @Override
    public Decision decide(Caller caller, Access.Question question, Origin origin) {
        return new Decision.Allowed();
    }
}
