package dev.resilient.cloud.elb.attribute;

import dev.resilient.cloud.elb.resource.Errors;
import dev.resilient.cloud.elb.resource.Kept;
import dev.resilient.wire.shape.Members;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;

/**
 * The attributes that resources of one kind have. Only those that this cloud honours can be given another value than AWS's default;
 * each other one says so when somebody tries.
 */
public final class Attributes {
    private static final String NOTHING = "''";
    private static final Pattern RANGE = Pattern.compile("(\\d+)\\.\\.(\\d+)");
    private final String kind;
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /**
     * Attributes as a table.
     *
     * @param kind of resource, as in {@code Load balancer}
     * @param table a line for each attribute: its key and its values, the default first; a value is a text, a range of numbers
     *     ({@code 0..60}), or a regular expression; <code>''</code> is the empty text
     */
    Attributes(String kind, String table) {
        this.kind = kind;
        table.lines().map(line -> Arrays.asList(line.split("\\s+"))).forEach(words -> {
            List<String> allowed = words.subList(1, words.size());
            allowed.replaceAll(value -> value.equals(NOTHING) ? "" : value);
            values.put(words.getFirst(), allowed);
        });
    }

    /** Every attribute of a resource: what was set, else the default. */
    public Values of(Kept<?> resource) {
        Map<String, String> all = new LinkedHashMap<>();
        values.forEach((key, allowed) -> all.put(key, resource.attributes().getOrDefault(key, allowed.getFirst())));
        return new Values(Collections.unmodifiableMap(all));
    }

    /** Every attribute of a resource as the API shows it, but for the class, which differs from kind to kind. */
    public List<LoadBalancerAttribute> shown(Kept<?> resource) {
        return of(resource).all().entrySet().stream()
                .map(attribute -> LoadBalancerAttribute.builder()
                        .key(attribute.getKey())
                        .value(attribute.getValue())
                        .build())
                .toList();
    }

    /** The attributes of one resource. */
    public record Values(Map<String, String> all) {

        /** The value of an attribute, which there is. */
        public String text(String key) {
            return Objects.requireNonNull(all.get(key), key);
        }

        /** Whether an attribute is {@code true}. */
        public boolean isTrue(String key) {
            return text(key).equals("true");
        }

        Duration seconds(String key) {
            return Duration.ofSeconds(Integer.parseInt(text(key)));
        }
    }

    /** Adds changes to what was set; refuses them all if one cannot be honoured. */
    Map<String, String> change(Map<String, String> set, Map<String, String> changes) {
        changes.forEach(this::check);
        Map<String, String> next = new HashMap<>(set);
        next.putAll(changes);
        return next;
    }

    /** Like {@link #change(Map, Map)}, of a resource; of an attribute that is named twice, the last value counts. */
    public <R extends Kept<R>> R change(R resource, List<SdkPojo> changes) {
        Map<String, String> read = new HashMap<>();
        changes.forEach(attribute -> read.put(member(attribute, "Key"), member(attribute, "Value")));
        return resource.withAttributes(change(resource.attributes(), read));
    }

    private static String member(SdkPojo attribute, String name) {
        return Members.get(attribute, name, String.class)
                .orElseThrow(() -> Errors.validation("An attribute key and value must be specified"));
    }

    private void check(String key, String value) {
        List<String> allowed = values.get(key);
        if (allowed == null) {
            throw Errors.validation(kind + " attribute key '" + key + "' is not recognized");
        }
        if (allowed.stream().noneMatch(each -> includes(each, value))) {
            throw allowed.size() == 1
                    ? Errors.invalidConfiguration(kind + " attribute '" + key + "' has no value but '"
                            + allowed.getFirst() + "' in this cloud, which does not support '" + value + "'")
                    : Errors.validation(kind + " attribute '" + key + "' cannot be set to '" + value + "'");
        }
    }

    private static boolean includes(String allowed, String value) {
        Matcher range = RANGE.matcher(allowed);
        return range.matches()
                ? isBetween(value, Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)))
                : value.matches(allowed);
    }

    private static boolean isBetween(String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            return number >= least && number <= most;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }
}
