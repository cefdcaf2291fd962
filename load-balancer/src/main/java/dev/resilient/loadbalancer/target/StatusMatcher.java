package dev.resilient.loadbalancer.target;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which status codes count as healthy: codes and ranges, such as {@code 200}, {@code 200,202} or {@code 200-299}. Codes are three
 * digits from 100 to 599.
 */
public final class StatusMatcher {
    private static final Pattern PART = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");
    private final String text;
    private final List<Range> ranges;

    private StatusMatcher(String text, List<Range> ranges) {
        this.text = text;
        this.ranges = ranges;
    }

    /** @throws IllegalArgumentException if {@code text} is not a list of codes and ranges, naming the part that is wrong */
    public static StatusMatcher parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            ranges.add(Range.parse(part));
        }
        return new StatusMatcher(text, List.copyOf(ranges));
    }

    /** Like {@link #parse(String)}, for codes that must not be below {@code lowest} or above {@code highest}. */
    public static StatusMatcher parse(String text, int lowest, int highest) {
        StatusMatcher matcher = parse(text);
        for (Range range : matcher.ranges) {
            if (range.first < lowest || range.last > highest) {
                throw new IllegalArgumentException("'" + text + "' is not within " + lowest + "-" + highest);
            }
        }
        return matcher;
    }

    /** Whether {@code status} is one of the codes. */
    public boolean matches(int status) {
        return ranges.stream().anyMatch(range -> range.first <= status && status <= range.last);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StatusMatcher that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text that was parsed. */
    @Override
    public String toString() {
        return text;
    }

    private record Range(int first, int last) {
        static Range parse(String part) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "'" + part + "' is neither a status code from 100 to 599 nor a range such as 200-299");
            }
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (last < first) {
                throw new IllegalArgumentException("the range '" + part + "' ends before it begins");
            }
            return new Range(first, last);
        }
    }
}
