package dev.resilient.endtoend.account;

import static org.awaitility.Awaitility.await;

import dev.resilient.scenario.Scenario;
import dev.resilient.scenario.base.MissingPermission;
import dev.resilient.scenario.event.ScenarioEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Lets something happen to one call of an act after the other in an account, and looks at what comes of it.
 *
 * @param numbers of the calls, counted from 1; others may take from the same numbers for accounts of their own
 */
record Mishaps(Account account, Act act, Mishap mishap, IntSupplier numbers) {
    /** How late a good or bad day may show, at this pace, what is there. */
    private static final Duration LATEST = Duration.ofSeconds(5);

    /** Whatever is left of a process that ended, another one that knows nothing but the name destroys. */
    Summary destroyAfterEach() {
        return each(_ -> destroyed());
    }

    /** Wherever a process ended, another one that deploys ends where an undisturbed one would have. */
    Summary deployAfterEach() {
        account.process(Scenario::deploy);
        Set<String> undisturbed = service();
        return each(_ -> {
            account.process(Scenario::deploy);
            return missed(undisturbed);
        });
    }

    /** What happens to one call keeps nobody from what they wanted, since it is tried again. */
    Summary succeedInSpiteOfEach() {
        account.process(Scenario::deploy);
        Set<String> wanted = act == Act.DESTROY ? Set.of() : service();
        return each(played ->
                played.failure().map(failure -> "it failed: " + failure).or(() -> missed(wanted)));
    }

    /** What happens to each call once, all in one play, keeps nobody from what they wanted. */
    Summary succeedInSpiteOfAll() {
        account.process(Scenario::deploy);
        Set<String> wanted = act == Act.DESTROY ? Set.of() : service();
        if (!act.needsDeployment()) {
            account.process(Scenario::destroy);
        }
        Saboteur saboteur = Saboteur.atEach(mishap);
        Played played = play(saboteur);
        List<String> failures = new ArrayList<>();
        played.failure()
                .map(failure -> "it failed: " + failure)
                .or(() -> missed(wanted))
                .ifPresent(failures::add);
        destroyed().ifPresent(failures::add);
        return new Summary(saboteur.count(), failures);
    }

    /**
     * Who is denied one call hears which permission is missing. A deployment that has just begun is gone afterwards; a demonstration
     * leaves what deploying takes up; destroying goes on with the rest, has another try, and says nothing of a look that it can repeat.
     */
    Summary sayWhatIsMissingAfterEach() {
        account.process(Scenario::deploy);
        Set<String> undisturbed = service();
        return each(played -> played.names(played.call()) || (act == Act.DESTROY && Saboteur.isQuestion(played.call()))
                ? switch (act) {
                    case DEPLOY -> missed(Set.of());
                    case DEMONSTRATE -> {
                        account.process(Scenario::deploy);
                        yield missed(undisturbed);
                    }
                    case DESTROY -> played.failure().isPresent() ? destroyed() : missed(Set.of());
                }
                : Optional.of("it is not told, but " + played.told()));
    }

    private Summary each(Function<Played, Optional<String>> wrong) {
        List<String> failures = new ArrayList<>();
        int mishaps = 0;
        for (Played played = next(); played.met(); played = next()) {
            String what = "%s at call %d of %s, %s: ".formatted(mishap, played.number(), act, played.call());
            Optional<String> lasted = played.lasted(mishap);
            (lasted.isPresent() ? lasted : wrong.apply(played)).ifPresent(words -> failures.add(what + words));
            mishaps++;
        }
        destroyed().ifPresent(failures::add);
        return new Summary(mishaps, failures);
    }

    /** Lets another process do it, to the mishap at the next call. */
    private Played next() {
        if (act.needsDeployment()) {
            account.process(Scenario::deploy);
        } else if (!account.contents().isEmpty()) {
            account.process(Scenario::destroy);
        }
        return play(Saboteur.at(numbers.getAsInt(), mishap));
    }

    private Played play(Saboteur saboteur) {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        return account.process(
                scenario -> {
                    scenario.events().subscribe(event -> hear(event, told));
                    try {
                        act.play(scenario);
                    } catch (Crash end) {
                        return new Played(saboteur, Optional.empty(), told);
                    } catch (RuntimeException failure) {
                        told.add(failure instanceof MissingPermission ? failure.getMessage() : failure.toString());
                        return new Played(saboteur, Optional.of(failure), told);
                    }
                    return new Played(saboteur, Optional.empty(), told);
                },
                saboteur);
    }

    private static void hear(ScenarioEvent event, Queue<String> told) {
        if (event instanceof ScenarioEvent.DeletionFailed(String kind, String name, String reason)) {
            told.add(kind + " " + name + ": " + reason);
        } else if (event instanceof ScenarioEvent.LeftoverFound(String what)) {
            told.add("left over: " + what);
        }
    }

    /** Destroys, and says what is left all the same. */
    private Optional<String> destroyed() {
        List<String> told = account.process(Scenario::destroy);
        return missed(Set.of())
                .or(() -> told.isEmpty() ? Optional.empty() : Optional.of("it says that this is left: " + told));
    }

    /**
     * What there is instead of what should be: nothing at all, or the service. The look that begins when the latest moment has passed
     * decides, since one that began before may have been as slow as the machine was busy.
     */
    private Optional<String> missed(Set<String> wanted) {
        Supplier<Set<String>> look = wanted.isEmpty() ? account::contents : this::service;
        try {
            await().ignoreExceptions().pollDelay(Duration.ZERO).atMost(LATEST).until(() -> look.get()
                    .equals(wanted));
            return Optional.empty();
        } catch (ConditionTimeoutException late) {
            Set<String> there = look.get();
            return there.equals(wanted)
                    ? Optional.empty()
                    : Optional.of("there is %s instead of %s".formatted(there, wanted));
        }
    }

    /** What makes up the service: what the demonstration adds for one instance does not, as long as no instance has it. */
    private Set<String> service() {
        return account.contents().stream()
                .filter(thing -> (thing.startsWith("instance ") && !thing.startsWith("instance profile "))
                        || !thing.contains("-restricted-"))
                .collect(Collectors.toSet());
    }

    /**
     * How the act went.
     *
     * @param failure what it ended with, if it did not succeed and the process lived
     * @param told every sentence about something that went wrong
     */
    private record Played(Saboteur saboteur, Optional<RuntimeException> failure, Queue<String> told) {

        /** Whether the act came to the call. */
        boolean met() {
            return saboteur.isDone();
        }

        int number() {
            return saboteur.number();
        }

        String call() {
            return saboteur.call();
        }

        /** A process that should have ended did not, if it had something to say. */
        Optional<String> lasted(Mishap mishap) {
            return failure.filter(_ -> mishap.isEnd()).map(lasted -> "the process went on: " + lasted);
        }

        boolean names(String permission) {
            return told.stream().anyMatch(sentence -> sentence.contains("lack the permission " + permission));
        }
    }

    /** How many mishaps there were, and after which of them something was wrong. */
    record Summary(int mishaps, List<String> failures) {

        /** What several accounts have seen. */
        static Summary of(List<Summary> parts) {
            return new Summary(
                    parts.stream().mapToInt(Summary::mishaps).sum(),
                    parts.stream().flatMap(part -> part.failures().stream()).toList());
        }
    }
}
