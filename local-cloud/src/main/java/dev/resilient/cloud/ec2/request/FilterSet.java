package dev.resilient.cloud.ec2.request;

import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.base.PageRules;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * The filters that one describe operation knows. A resource passes when, for every filter of the request, one of its values
 * matches one of the filter's; {@code *} and {@code ?} are wildcards unless a backslash is before them, letter case counts.
 * Immutable.
 *
 * @param <T> what is being described: the SDK's shape of it
 */
public final class FilterSet<T extends SdkPojo> {
    private static final String TAG = "tag:";
    private static final String TAG_KEY = "tag-key";
    private static final PageRules PAGES = new PageRules(
            Integer.MAX_VALUE, Integer.MAX_VALUE, token -> Errors.invalid("Unable to parse pagination token"));

    private final SdkPojo shape;
    private final Map<String, List<SdkField<?>>> paths;

    private FilterSet(SdkPojo shape, Map<String, List<SdkField<?>>> paths) {
        this.shape = shape;
        this.paths = paths;
    }

    /**
     * The filters over the members of a shape, with white space between them. {@code vpc-id} is the filter over {@code VpcId},
     * {@code group-id=groups.group-id} the one over the {@code GroupId} of each of the {@code Groups}. With {@code tag-key} there
     * is {@code tag:KEY} too.
     */
    public static <T extends SdkPojo, B extends SdkPojo & SdkBuilder<B, T>> FilterSet<T> of(B shape, String filters) {
        return new FilterSet<T>(shape, Map.of()).and("", filters);
    }

    /** These filters, and others over what a member has: {@code below} is its name and a dot. */
    public FilterSet<T> and(String below, String filters) {
        Map<String, List<SdkField<?>>> all = new HashMap<>(paths);
        for (String filter : filters.strip().split("\\s+")) {
            String[] halves = filter.split("=", 2);
            all.put(halves[0], path(shape, below + halves[halves.length - 1]));
        }
        return new FilterSet<>(shape, all);
    }

    private static List<SdkField<?>> path(SdkPojo shape, String names) {
        List<SdkField<?>> path = new ArrayList<>();
        SdkPojo from = shape;
        for (String name : names.split("\\.")) {
            SdkField<?> field = member(from, name.replace("-", ""));
            path.add(field);
            SdkField<?> element = field.marshallingType() == MarshallingType.LIST
                    ? field.getTrait(ListTrait.class).memberFieldInfo()
                    : field;
            from = element.constructor() == null ? shape : element.constructor().get();
        }
        return path;
    }

    private static SdkField<?> member(SdkPojo shape, String name) {
        return shape.sdkFields().stream()
                .filter(field -> field.memberName().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(shape.getClass() + " has no member " + name));
    }

    /**
     * Those of {@code all} that a request names, and that pass every filter of it, in their order.
     *
     * @param request with the member {@code Filters}, if it has any
     * @throws ServiceError {@code InvalidParameterValue} for a filter that is not known
     */
    public List<T> apply(Ec2Request request, Collection<T> all) {
        List<Predicate<T>> tests = request.getValueForField("Filters", List.class).stream()
                .flatMap(filters -> ((List<?>) filters).stream())
                .map(filter -> test((Filter) filter))
                .toList();
        return Members.named(request, all).stream()
                .filter(resource -> tests.stream().allMatch(test -> test.test(resource)))
                .toList();
    }

    /**
     * The page that a describe request asks for: those of {@code all} that pass its filters, from its token on.
     *
     * @param request with the members {@code Filters}, {@code NextToken} and {@code MaxResults}, as far as it has them
     * @param key what identifies a resource; pages follow its order
     */
    public Page<T> page(Ec2Request request, Collection<T> all, Function<T, String> key) {
        return PAGES.page(
                apply(request, all),
                key,
                request.getValueForField("NextToken", String.class).orElse(null),
                request.getValueForField("MaxResults", Integer.class).orElse(null));
    }

    /** The whole answer to a describe request: its {@link #page}, as {@link PageRules#answer} shows it. */
    public <R, B extends SdkPojo & SdkBuilder<B, R>> R answer(
            Ec2Request request, B response, Collection<T> all, Function<T, String> key) {
        return PAGES.answer(request, response, apply(request, all), key, shown -> shown);
    }

    private Predicate<T> test(Filter filter) {
        Function<T, Stream<String>> actual = values(Objects.requireNonNullElse(filter.name(), ""));
        List<Predicate<String>> wanted = filter.values().stream()
                .map(value -> pattern(value).asMatchPredicate())
                .toList();
        return resource ->
                actual.apply(resource).anyMatch(value -> wanted.stream().anyMatch(pattern -> pattern.test(value)));
    }

    private Function<T, Stream<String>> values(String name) {
        List<SdkField<?>> path = paths.get(name);
        if (path != null) {
            return resource -> objects(resource, path).map(Object::toString);
        }
        List<SdkField<?>> tagKeys = paths.get(TAG_KEY);
        if (tagKeys == null || !name.startsWith(TAG)) {
            throw Errors.invalid("The filter '" + name + "' is invalid");
        }
        return resource -> objects(resource, tagKeys.subList(0, tagKeys.size() - 1))
                .map(Tag.class::cast)
                .filter(tag -> tag.key().equals(name.substring(TAG.length())))
                .map(Tag::value);
    }

    private static Stream<Object> objects(@Nullable Object value, List<SdkField<?>> path) {
        return switch (value) {
            case null -> Stream.empty();
            case List<?> several -> several.stream().flatMap(each -> objects(each, path));
            case SdkPojo shape
            when !path.isEmpty() -> objects(path.getFirst().getValueOrDefault(shape), path.subList(1, path.size()));
            default -> Stream.of(value);
        };
    }

    private static Pattern pattern(String wildcards) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < wildcards.length(); i++) {
            char character = wildcards.charAt(i);
            switch (character) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                case '\\' -> {
                    i = Math.min(i + 1, wildcards.length() - 1);
                    regex.append(Pattern.quote(String.valueOf(wildcards.charAt(i))));
                }
                default -> regex.append(Pattern.quote(String.valueOf(character)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
