package dev.resilient.cloud.ssm;

import dev.resilient.cloud.base.Account;
import dev.resilient.wire.ServiceError;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What parameters may be called, how calls refer to them, and what their ARNs are. */
record ParameterNames(Account account) {
    static final String PUBLIC_PREFIX = "/aws/service/";
    private static final int DEEPEST_LEVEL = 15;
    private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9_.-]+|(/[a-zA-Z0-9_.-]+)+");
    private static final String ARN_RESOURCE = ":parameter/";

    /** The ARN of a parameter: a leading slash is not doubled, and public parameters belong to no account. */
    String arn(String name) {
        String resource = "parameter" + (name.startsWith("/") ? name : "/" + name);
        return name.startsWith(PUBLIC_PREFIX)
                ? "arn:aws:ssm:" + account.region() + "::" + resource
                : account.arn("ssm", resource);
    }

    /** The ARN of the parameter that a call refers to. */
    String arnOf(String reference) {
        return arn(Reference.parse(reference).name());
    }

    /** Refuses a name that no parameter may be given. */
    static void check(String name) {
        String first = name.replaceFirst("^/", "").toLowerCase(Locale.ROOT);
        ServiceError.refuseIf(
                first.startsWith("aws"),
                "AccessDeniedException",
                "No access to reserved parameter name: " + name + ".");
        refuseIf(name.contains("/") && !name.startsWith("/"), "Parameter name must be a fully qualified name.");
        refuseIf(
                first.startsWith("ssm") || !VALID.matcher(name).matches(),
                "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive). If formed"
                        + " as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be"
                        + " formed as a mix of letters, numbers and the following 3 symbols .-_");
        ServiceError.refuseIf(
                name.chars().filter(character -> character == '/').count() > DEEPEST_LEVEL,
                "HierarchyLevelLimitExceededException",
                "A hierarchy can have a maximum of " + DEEPEST_LEVEL + " levels.");
    }

    /** Whether a name is below a path: on its next level, or on any. */
    static boolean isBelow(String path, String name, boolean recursive) {
        String prefix = path.endsWith("/") ? path : path + "/";
        return name.startsWith(prefix) && (recursive || name.indexOf('/', prefix.length()) < 0);
    }

    /** Refuses what is invalid, about parameters in all. */
    static void refuseIf(boolean invalid, String message) {
        ServiceError.refuseIf(invalid, "ValidationException", message);
    }

    /**
     * What a call means by a name, a name with a version, or an ARN of either.
     *
     * @param selector what follows the name's colon; null for none
     */
    record Reference(String name, @Nullable String selector) {

        static Reference parse(String text) {
            String local = text;
            if (text.startsWith("arn:")) {
                int resource = text.indexOf(ARN_RESOURCE);
                String path = resource < 0 ? text : text.substring(resource + ARN_RESOURCE.length());
                local = path.contains("/") ? "/" + path : path;
            }
            int colon = local.indexOf(':');
            return colon < 0
                    ? new Reference(local, null)
                    : new Reference(local.substring(0, colon), local.substring(colon + 1));
        }
    }
}
