package dev.resilient.cloud.iam;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.resilient.cloud.identity.PolicyDocument;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Where a statement stands in the text of its policy, counted from one: its first character, and the one behind its last. Of a
 * statement that stands alone, without a list around it, AWS gives the second character as the first.
 */
record StatementPosition(int startLine, int startColumn, int endLine, int endColumn) {
    private static final JsonFactory JSON = new JsonFactory();

    /** The position of a statement of this policy. */
    static StatementPosition of(PolicyDocument policy, PolicyDocument.Statement statement) {
        try (JsonParser text = JSON.createParser(policy.text())) {
            text.nextToken();
            while (!"Statement".equals(text.nextFieldName())) {
                text.nextToken();
                text.skipChildren();
            }
            boolean alone = text.nextToken() == JsonToken.START_OBJECT;
            if (!alone) {
                text.nextToken();
                for (int before = policy.statements().indexOf(statement); before > 0; before--) {
                    text.skipChildren();
                    text.nextToken();
                }
            }
            JsonLocation start = text.currentTokenLocation();
            text.skipChildren();
            JsonLocation end = text.currentLocation();
            return new StatementPosition(
                    start.getLineNr(), start.getColumnNr() + (alone ? 1 : 0), end.getLineNr(), end.getColumnNr());
        } catch (IOException impossible) {
            throw new UncheckedIOException("a policy is well-formed JSON", impossible);
        }
    }
}
