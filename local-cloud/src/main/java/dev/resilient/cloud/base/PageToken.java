package dev.resilient.cloud.base;

import dev.resilient.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;

/** The token that asks for the page behind an item: it holds the item's key, and can be told from other texts. */
public final class PageToken {
    private static final String MARK = "after ";

    private PageToken() {}

    /** The token of the page behind the item with this key. */
    public static String after(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((MARK + key).getBytes(StandardCharsets.UTF_8));
    }

    /** The key in a token; throws what {@code invalid} gives if it is none. */
    public static String key(String token, Supplier<ServiceError> invalid) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(MARK)) {
                return text.substring(MARK.length());
            }
        } catch (IllegalArgumentException notBase64) {
            throw invalid.get();
        }
        throw invalid.get();
    }
}
