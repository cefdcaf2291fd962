package dev.resilient.cloud.elb.resource;

import static dev.resilient.cloud.elb.resource.Errors.VALIDATION;
import static dev.resilient.wire.ServiceError.refuseIf;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules for names: at most 32 characters, letters, digits and hyphens, no hyphen at either end. */
public final class Names {
    private static final int LONGEST = 32;
    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9-]+");

    private Names() {}

    /** Words that each begin with a capital. */
    public static String capitalized(String[] words, String separator) {
        return Arrays.stream(words)
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining(separator));
    }

    /** Refuses a name that a resource of {@code kind} must not have: {@code Load balancer}, {@code Target group}. */
    public static void check(String kind, String name) {
        String what = kind + " name '" + name + "'";
        refuseIf(name.length() > LONGEST, VALIDATION, what + " cannot be longer than '" + LONGEST + "' characters");
        refuseIf(
                !CHARACTERS.matcher(name).matches(),
                VALIDATION,
                what + " can only contain characters that are alphanumeric characters and hyphens(-)");
        refuseIf(name.startsWith("-") || name.endsWith("-"), VALIDATION, what + " cannot begin or end with '-'");
    }
}
