package dev.resilient.cloud.ec2.request;

import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.base.PageRules;
import dev.resilient.wire.ServiceError;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * The filters that one describe operation knows. A resource passes when, for every filter of the request, one of its values
 * matches one of the filter's; {@code *} and {@code ?} are wildcards unless a backslash is before them, letter case counts.
 *
 * <p>Filled while it is being built, read-only afterwards.
 *
 * @param <T> what is being described
 */
public final class FilterSet<T> {
    private static final PageRules PAGES = new PageRules(
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            token -> ServiceError.badRequest("InvalidParameterValue", "Unable to parse pagination token"));

    private final Map<String, Function<T, Collection<String>>> values = new HashMap<>();
    private @Nullable Function<T, List<Tag>> tags;

    /** A filter over a single value; a resource that has none, null, never matches. */
    public FilterSet<T> on(String name, Function<T, @Nullable Object> value) {
        return onEach(name, resource -> {
            Object single = value.apply(resource);
            return single == null ? List.of() : List.of(single.toString());
        });
    }

    /** A filter over several values, of which one must match. */
    public FilterSet<T> onEach(String name, Function<T, Collection<String>> several) {
        values.put(name, several);
        return this;
    }

    /** The filters {@code tag:KEY} and {@code tag-key}. */
    public FilterSet<T> onTags(Function<T, List<Tag>> ofResource) {
        tags = ofResource;
        return onEach(
                "tag-key",
                resource -> ofResource.apply(resource).stream().map(Tag::key).toList());
    }

    /**
     * Those of {@code resources} that pass every filter, in their order.
     *
     * @throws ServiceError {@code InvalidParameterValue} for a filter that is not known
     */
    public List<T> apply(List<Filter> filters, Collection<T> resources) {
        List<Function<T, Boolean>> tests = filters.stream().map(this::test).toList();
        return resources.stream()
                .filter(resource -> tests.stream().allMatch(test -> test.apply(resource)))
                .toList();
    }

    /**
     * The page that a describe request asks for: those of {@code all} that pass its filters, from its token on.
     *
     * @param request with the members {@code Filters}, {@code NextToken} and {@code MaxResults}, as far as it has them
     * @param key what identifies a resource; pages follow its order
     */
    public Page<T> page(Ec2Request request, Collection<T> all, Function<T, String> key) {
        List<Filter> filters = request.getValueForField("Filters", List.class)
                .map(FilterSet::filters)
                .orElse(List.of());
        return PAGES.page(
                apply(filters, all),
                key,
                request.getValueForField("NextToken", String.class).orElse(null),
                request.getValueForField("MaxResults", Integer.class).orElse(null));
    }

    /**
     * The whole answer to a describe request: its {@link #page}, as {@link PageRules#answer} shows it.
     *
     * @param view what is shown of a resource
     */
    public <R, B extends SdkPojo & SdkBuilder<B, R>> R answer(
            Ec2Request request, B response, Collection<T> all, Function<T, String> key, Function<T, ?> view) {
        List<Filter> filters = request.getValueForField("Filters", List.class)
                .map(FilterSet::filters)
                .orElse(List.of());
        return PAGES.answer(request, response, apply(filters, all), key, view);
    }

    private static List<Filter> filters(List<?> filters) {
        return filters.stream().map(Filter.class::cast).toList();
    }

    private Function<T, Boolean> test(Filter filter) {
        String name = Objects.requireNonNullElse(filter.name(), "");
        Function<T, Collection<String>> actual = valuesOf(name);
        List<Pattern> wanted = filter.values().stream().map(FilterSet::pattern).toList();
        return resource -> actual.apply(resource).stream().anyMatch(value -> wanted.stream()
                .anyMatch(pattern -> pattern.matcher(value).matches()));
    }

    private Function<T, Collection<String>> valuesOf(String name) {
        Function<T, List<Tag>> ofResource = tags;
        if (ofResource != null && name.startsWith("tag:")) {
            String key = name.substring("tag:".length());
            return resource -> ofResource.apply(resource).stream()
                    .filter(tag -> tag.key().equals(key))
                    .map(Tag::value)
                    .toList();
        }
        Function<T, Collection<String>> known = values.get(name);
        if (known == null) {
            throw ServiceError.badRequest("InvalidParameterValue", "The filter '" + name + "' is invalid");
        }
        return known;
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
