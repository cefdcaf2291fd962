package dev.resilient.scenario.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.scenario.FakeAws;
import dev.resilient.scenario.FakeAws.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

class CallLogTest {
    private static final Logger LOGGER = Logger.getLogger(CallLog.class.getName());

    private final List<String> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.setLevel(Level.FINE);
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void stop() {
        LOGGER.removeHandler(handler);
        LOGGER.setLevel(null);
    }

    @Test
    void every_call_is_a_line_and_no_secret_is_in_it() throws IOException {
        try (FakeAws aws = new FakeAws((operation, _) -> operation.equals("PutParameter")
                ? new Reply(200, "{\"Version\": 1}")
                : new Reply(400, "{\"__type\": \"ParameterNotFound\"}"))) {
            var ssm = aws.clients().ssm();
            ssm.putParameter(request -> request.name("shop-table").value("confidential"));
            assertThatExceptionOfType(ParameterNotFoundException.class)
                    .isThrownBy(() -> ssm.getParameter(request -> request.name("shop-table")));
        }

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith("Ssm PutParameter succeeded, request id ");
        assertThat(lines.getLast()).startsWith("Ssm GetParameter failed with ParameterNotFound, request id ");
        assertThat(lines).noneMatch(line -> line.contains("confidential") || line.contains("AKIDEXAMPLE"));
    }
}
