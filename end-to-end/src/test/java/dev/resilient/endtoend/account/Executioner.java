package dev.resilient.endtoend.account;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Ends the process at one chosen call of the scenario, right before it is sent or right after it has been answered. A question that
 * is asked again and again while nothing changes, as waiting does, is one call. For one thread.
 */
final class Executioner implements ExecutionInterceptor {
    private static final Pattern QUESTION = Pattern.compile("(Describe|Get|List|Head).*");

    private final int fatal;
    private final Side side;
    private final List<String> calls = new ArrayList<>();
    private final Set<SdkRequest> sinceLastChange = new HashSet<>();
    private boolean isDue;
    private boolean isDead;

    private Executioner(int fatal, Side side) {
        this.fatal = fatal;
        this.side = side;
    }

    /** Ends the process at call {@code number}, counted from 1. */
    static Executioner at(int number, Side side) {
        return new Executioner(number, side);
    }

    /** Only counts. */
    static Executioner never() {
        return new Executioner(Integer.MAX_VALUE, Side.BEFORE);
    }

    /** The operations called so far, in order. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** Whether the call came. */
    boolean isDead() {
        return isDead;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        if (isDead) {
            throw new Crash("before this");
        }
        isDue = isNew(context.request()) && calls.size() == fatal;
        if (isDue && side == Side.BEFORE) {
            die();
        }
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        if (isDue) {
            context.responseBody().ifPresent(Executioner::close);
            die();
        }
    }

    private boolean isNew(SdkRequest request) {
        if (!sinceLastChange.add(request)) {
            return false;
        }
        String operation = request.getClass().getSimpleName().replaceAll("Request$", "");
        calls.add(operation);
        if (!QUESTION.matcher(operation).matches()) {
            sinceLastChange.clear();
            sinceLastChange.add(request);
        }
        return true;
    }

    private void die() {
        isDead = true;
        throw new Crash(side.name().toLowerCase(Locale.ROOT) + " call " + fatal + ", " + calls.getLast());
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** On which side of a call. */
    enum Side {
        BEFORE,
        AFTER
    }
}
