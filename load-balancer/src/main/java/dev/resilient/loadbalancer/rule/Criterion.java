package dev.resilient.loadbalancer.rule;

import dev.resilient.loadbalancer.http.RequestHead;
import java.net.InetAddress;
import java.util.List;

/** A condition of a rule, made ready for the event loops: one of its values must match. */
public sealed interface Criterion {

    /**
     * Whether a request meets it.
     *
     * @param client whose connection the request came on
     */
    boolean holds(RequestHead request, InetAddress client);

    /** Of the host asked for. */
    record Host(List<Wildcard> patterns) implements Criterion {
        @Override
        public boolean holds(RequestHead request, InetAddress client) {
            return matches(patterns, request.host(), request.host().length());
        }
    }

    /** Of the path asked for. */
    record Path(List<Wildcard> patterns) implements Criterion {
        @Override
        public boolean holds(RequestHead request, InetAddress client) {
            return matches(patterns, request.path(), request.pathLength());
        }
    }

    /**
     * Of the value of any of the fields of one name.
     *
     * @param name in lower case
     */
    record Header(String name, List<Wildcard> patterns) implements Criterion {
        @Override
        public boolean holds(RequestHead request, InetAddress client) {
            List<String> values = request.values(name);
            for (int i = 0; i < values.size(); i++) {
                if (matches(patterns, values.get(i), values.get(i).length())) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Of the method. */
    record Method(List<String> names) implements Criterion {
        @Override
        public boolean holds(RequestHead request, InetAddress client) {
            return names.contains(request.method());
        }
    }

    /** Of any of the parameters in the query. */
    record Query(List<Parameter> parameters) implements Criterion {
        @Override
        public boolean holds(RequestHead request, InetAddress client) {
            for (String part : request.query().split("&", -1)) {
                int equals = part.indexOf('=');
                String key = equals < 0 ? "" : part.substring(0, equals);
                String value = part.substring(equals + 1);
                if (!part.isEmpty() && parameters.stream().anyMatch(each -> each.matches(key, value))) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A key and a value; {@code *} stands for any key, also none. */
    record Parameter(Wildcard key, Wildcard value) {
        boolean matches(String itsKey, String itsValue) {
            return key.matches(itsKey, itsKey.length()) && value.matches(itsValue, itsValue.length());
        }
    }

    /** Of the client's address. */
    record Source(List<AddressBlock> blocks) implements Criterion {
        @Override
        public boolean holds(RequestHead request, InetAddress client) {
            return blocks.stream().anyMatch(block -> block.contains(client));
        }
    }

    private static boolean matches(List<Wildcard> patterns, String text, int end) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(text, end)) {
                return true;
            }
        }
        return false;
    }
}
