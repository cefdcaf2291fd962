package dev.resilient.cli.dashboard;

import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.AnswerKind;
import dev.resilient.scenario.observe.ResponseKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * The answers of the last two minutes, by second.
 *
 * @param seconds those in which something was answered, oldest first
 */
record Requests(List<Second> seconds) {
    /** How far back the page looks. */
    static final int SHOWN = 120;

    /** The whole seconds from which the present rates are taken. */
    private static final int RECENT = 4;

    static final Requests NONE = new Requests(List.of());

    Requests {
        seconds = List.copyOf(seconds);
    }

    /** With one more answer, that came in at this moment. */
    Requests with(Answer answer, long atMillis) {
        return changed(atMillis, second -> second.with(answer));
    }

    /** With all the answers that many users got in the latest second, of which nobody told who gave them. */
    Requests with(Map<AnswerKind, Long> answers, Duration p99, long atMillis) {
        return changed(atMillis, second -> second.with(answers, p99));
    }

    /** What is too old to be shown is dropped. */
    private Requests changed(long atMillis, UnaryOperator<Second> change) {
        long second = Math.floorDiv(atMillis, 1000);
        List<Second> kept = new ArrayList<>(seconds);
        kept.removeIf(each -> each.at() <= second - SHOWN);
        // Answers come from several threads, so one may be told after the next second has begun: it counts there.
        boolean another = kept.isEmpty() || kept.getLast().at() < second;
        Second current = another ? new Second(second, Map.of(), List.of(), 0) : kept.removeLast();
        kept.add(change.apply(current));
        return new Requests(kept);
    }

    /** Requests per second of each kind that each instance answers now; those that nobody answered are under an empty id. */
    Map<String, Map<ResponseKind, Double>> rates(long nowMillis) {
        long now = Math.floorDiv(nowMillis, 1000);
        Map<String, Map<ResponseKind, Double>> rates = new HashMap<>();
        seconds.stream()
                .filter(second -> second.at() < now && second.at() >= now - RECENT)
                .flatMap(second -> second.counts().entrySet().stream())
                .forEach(count -> rates.computeIfAbsent(
                                count.getKey().instanceId(), _ -> new EnumMap<>(ResponseKind.class))
                        .merge(count.getKey().kind(), count.getValue() / (double) RECENT, Double::sum));
        return rates;
    }

    /** Who gave what kind of answer. */
    record Source(String instanceId, ResponseKind kind) {}

    /**
     * One second.
     *
     * @param at seconds since 1970
     * @param counts how many answers of each source
     * @param millis how long each answer took, ascending, as far as each was told
     * @param toldP99 what was told instead: 99 of 100 took no longer; 0 if it was not
     */
    record Second(long at, Map<Source, Integer> counts, List<Double> millis, double toldP99) {
        Second {
            counts = Map.copyOf(counts);
            millis = List.copyOf(millis);
        }

        Second with(Answer answer) {
            Map<Source, Integer> more = new HashMap<>(counts);
            more.merge(new Source(answer.instanceId().orElse(""), answer.kind()), 1, Integer::sum);
            List<Double> longer = new ArrayList<>(millis);
            double took = answer.took().toNanos() / 1e6;
            int place = 0;
            while (place < longer.size() && longer.get(place) <= took) {
                place++;
            }
            longer.add(place, took);
            return new Second(at, more, longer, toldP99);
        }

        Second with(Map<AnswerKind, Long> answers, Duration p99) {
            Map<Source, Integer> more = new HashMap<>(counts);
            answers.forEach((kind, count) ->
                    more.merge(new Source("", kind.responseKind()), Math.toIntExact(count), Integer::sum));
            return new Second(at, more, millis, Math.max(toldP99, p99.toNanos() / 1e6));
        }

        /** How many answers of this kind. */
        int count(ResponseKind kind) {
            return counts.entrySet().stream()
                    .filter(count -> count.getKey().kind() == kind)
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }

        /** Half of the answers took no longer, in milliseconds; empty if nobody told. */
        OptionalDouble median() {
            return toldP99 > 0 ? OptionalDouble.empty() : percentile(0.5);
        }

        /** 99 of 100 answers took no longer, in milliseconds. */
        OptionalDouble p99() {
            return toldP99 > 0 ? OptionalDouble.of(toldP99) : percentile(0.99);
        }

        private OptionalDouble percentile(double share) {
            return millis.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(millis.get((int) Math.ceil(share * millis.size()) - 1));
        }
    }
}
