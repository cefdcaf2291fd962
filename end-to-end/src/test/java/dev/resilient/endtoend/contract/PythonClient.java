package dev.resilient.endtoend.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A client written in Python: a script that lives as long as this object, and answers each line of JSON with one. */
final class PythonClient implements Client {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final String name;
    private final Path errors;
    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader replies;

    private PythonClient(String name, String script, Endpoint endpoint) {
        this.name = name;
        this.errors = endpoint.product().home().resolve(script + ".errors.txt");
        this.process = start(script, endpoint);
        this.questions = process.outputWriter(UTF_8);
        this.replies = process.inputReader(UTF_8);
    }

    /** boto3 from the system's packages. */
    static Client boto3(Endpoint endpoint) {
        return new PythonClient("boto3", "boto3_client.py", endpoint);
    }

    /** The AWS CLI from the system's packages. */
    static Client awsCli(Endpoint endpoint) {
        return new PythonClient("AWS CLI", "aws_cli_client.py", endpoint);
    }

    /** The signers of botocore, which boto3 and the CLI stand on, and what they sign as it is told. */
    static Client signers(Endpoint endpoint) {
        return new PythonClient("botocore's signers", "signers.py", endpoint);
    }

    private Process start(String script, Endpoint endpoint) {
        try {
            return SystemPython.script(endpoint, script)
                    .redirectError(errors.toFile())
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public JsonNode ask(JsonNode question) {
        try {
            questions.write(question.toString());
            questions.newLine();
            questions.flush();
            String reply = replies.readLine();
            if (reply == null) {
                throw new AssertionError(name + " has ended: " + Files.readString(errors));
            }
            return JSON.readTree(reply);
        } catch (IOException broken) {
            throw new UncheckedIOException(name + " has ended; what it said is in " + errors, broken);
        }
    }

    /** The script ends with its input. */
    @Override
    public void close() {
        try {
            questions.close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
