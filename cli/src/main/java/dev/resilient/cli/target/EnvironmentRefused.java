package dev.resilient.cli.target;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** The machine or AWS does not let the command do its work: one sentence that says what is wrong and what to do. */
@SuppressWarnings("serial")
public final class EnvironmentRefused extends RuntimeException {

    /** With a sentence for the user. */
    public EnvironmentRefused(String sentence) {
        super(sentence);
    }

    /** With a sentence for the user, and what stands behind it for {@code --verbose}. */
    public EnvironmentRefused(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** Because of a file: {@code what} could not be done, and what is in the way of it. */
    public static EnvironmentRefused because(String what, IOException failure) {
        return new EnvironmentRefused(what + ": " + reason(failure) + ".", failure);
    }

    /** The messages of these exceptions are the file's name alone. */
    private static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "you may not use " + denied.getFile();
            case NoSuchFileException missing -> missing.getFile() + " is not there";
            case FileAlreadyExistsException other -> other.getFile() + " is a file";
            case NotDirectoryException other -> other.getFile() + " is a file";
            case DirectoryNotEmptyException full -> full.getFile() + " is in use";
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }
}
