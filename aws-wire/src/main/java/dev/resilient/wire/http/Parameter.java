package dev.resilient.wire.http;

import java.util.ArrayList;
import java.util.List;

/** A name and a value of a query string or a form, decoded; the value is empty where there is none. */
public record Parameter(String name, String value) {

    /** The parameters of {@code text}, in its order. */
    public static List<Parameter> parse(String text) {
        List<Parameter> parameters = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('&', start);
            end = end < 0 ? text.length() : end;
            if (end > start) {
                parameters.add(parseOne(text.substring(start, end)));
            }
            start = end + 1;
        }
        return parameters;
    }

    private static Parameter parseOne(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0
                ? new Parameter(PercentEncoding.decodeForm(pair), "")
                : new Parameter(
                        PercentEncoding.decodeForm(pair.substring(0, equals)),
                        PercentEncoding.decodeForm(pair.substring(equals + 1)));
    }
}
