package dev.resilient.cli.dashboard;

import dev.resilient.scenario.Architecture;
import dev.resilient.scenario.Scenario;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the deployment through the AWS SDK as long as somebody looks at the page. */
final class Observer {
    private static final Logger log = LoggerFactory.getLogger(Observer.class);

    /** Each look is about nine calls, which an account should hardly notice. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Stage stage;
    private final Finder finder;

    Observer(Stage stage, Finder finder) {
        this.stage = stage;
        this.finder = finder;
    }

    /** One look. @return how long to wait until the next */
    Duration look() {
        try {
            Optional<Scenario> found = finder.find();
            if (found.isEmpty()) {
                finder.absence().ifPresent(why -> stage.change(before -> before.unseen(why, stage.now())));
                return BETWEEN_LOOKS;
            }
            stage.attach(found.get());
            Architecture parts = found.get().architecture();
            stage.change(before -> before.seen(parts, stage.now()));
            Duration poll = found.get().deployment().pacing().pollInterval();
            return poll.compareTo(BETWEEN_LOOKS) < 0 ? BETWEEN_LOOKS : poll;
        } catch (RuntimeException failure) {
            log.debug("the deployment cannot be seen", failure);
            finder.lost();
            stage.change(before -> before.unseen("It does not answer: " + sentence(failure), stage.now()));
            return BETWEEN_LOOKS;
        }
    }

    private static String sentence(RuntimeException failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
