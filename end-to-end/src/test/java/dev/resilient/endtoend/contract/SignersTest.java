package dev.resilient.endtoend.contract;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Requests signed by somebody else, as awkward as HTTP allows; and the same after they were changed. */
class SignersTest {
    private static Endpoint endpoint;
    private static Client signers;

    @BeforeAll
    static void start(@TempDir Path home) {
        SystemPython.require();
        endpoint = Endpoint.start(home);
        signers = PythonClient.signers(endpoint);
    }

    @AfterAll
    static void end() {
        signers.close();
        endpoint.close();
    }

    @TestFactory
    Stream<DynamicTest> every_signature_counts_for_what_was_signed_and_nothing_else() {
        Player player = new Player(signers, endpoint);
        return ContractCase.chapter("signers").stream().map(each -> dynamicTest(each.title(), () -> player.play(each)));
    }
}
