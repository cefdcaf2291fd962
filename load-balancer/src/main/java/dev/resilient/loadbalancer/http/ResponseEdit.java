package dev.resilient.loadbalancer.http;

import dev.resilient.loadbalancer.settings.ListenerSettings;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a listener changes about responses, made ready for the event loops.
 *
 * @param hidden names of fields of targets that are not passed on, in lower case
 * @param added fields of every final response, each as a line that ends in CRLF; empty for none
 */
public record ResponseEdit(boolean sendsServer, List<String> hidden, String added) {

    /** What these settings come to. */
    public static ResponseEdit of(ListenerSettings settings) {
        return new ResponseEdit(
                settings.sendsServer(),
                Stream.concat(
                                settings.responseFields().keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)),
                                settings.sendsServer() ? Stream.empty() : Stream.of("server"))
                        .toList(),
                settings.responseFields().entrySet().stream()
                        .map(field -> field.getKey() + ": " + field.getValue() + "\r\n")
                        .sorted()
                        .collect(Collectors.joining()));
    }
}
