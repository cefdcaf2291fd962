package dev.resilient.endtoend.account;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Lets one mishap happen to one chosen call of the scenario, or to each of them once. A question that is asked again and again while nothing changes, as waiting does, is one call. For one thread.
 */
final class Saboteur implements ExecutionInterceptor {
    private static final Pattern QUESTION = Pattern.compile("\\w+:(Describe|Get|List|Head).*");

    private static final int EACH = 0;

    private final int number;
    private final Mishap mishap;
    private final List<String> calls = new ArrayList<>();
    private final Set<SdkRequest> sinceLastChange = new HashSet<>();
    private final Set<SdkRequest> met = new HashSet<>();
    private boolean isDue;
    private boolean isDone;

    private Saboteur(int number, Mishap mishap) {
        this.number = number;
        this.mishap = mishap;
    }

    /** Has call {@code number}, counted from 1, meet with {@code mishap}. */
    static Saboteur at(int number, Mishap mishap) {
        return new Saboteur(number, mishap);
    }

    /** Has each call meet with {@code mishap} the first time that it is made: when it is tried again, nothing happens to it. */
    static Saboteur atEach(Mishap mishap) {
        return new Saboteur(EACH, mishap);
    }

    /** Which call it is to happen to. */
    int number() {
        return number;
    }

    /** What call it happened to, as policies name it: {@code ec2:RunInstances}. It must have come. */
    String call() {
        return calls.get(number - 1);
    }

    /** How many different calls it happened to, if it is to happen to each. */
    int count() {
        return met.size();
    }

    /** Whether a call changes nothing. */
    static boolean isQuestion(String call) {
        return QUESTION.matcher(call).matches();
    }

    /** Whether the call came. */
    boolean isDone() {
        return isDone;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        if (isDone && mishap.isEnd()) {
            throw new Crash("sends more");
        }
        isDue = isNew(context.request()) && isChosen(context.request());
        if (isDue && mishap.isBefore()) {
            happen();
        }
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        if (isDue) {
            context.responseBody().ifPresent(Saboteur::close);
            happen();
        }
    }

    private boolean isChosen(SdkRequest request) {
        return number == EACH ? met.add(request) : calls.size() == number;
    }

    private boolean isNew(SdkRequest request) {
        if (!sinceLastChange.add(request)) {
            return false;
        }
        String operation = request.getClass().getSimpleName().replaceAll("Request$", "");
        calls.add(service(request) + ":" + operation);
        if (!isQuestion(calls.getLast())) {
            sinceLastChange.clear();
            sinceLastChange.add(request);
        }
        return true;
    }

    /** As policies name it: the SDK's package but for the version. */
    private static String service(SdkRequest request) {
        return request.getClass().getPackageName().replaceAll(".*\\.services\\.(.*?)(v2)?\\.model", "$1");
    }

    private void happen() {
        isDue = false;
        isDone = true;
        mishap.happen(calls.getLast());
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
