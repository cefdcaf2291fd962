package dev.resilient.cloud.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Values as bytes: Java's own serialization, for which a record is its components and an {@link Optional} what is in it, so that
 * neither has to declare anything. What is read back goes through the constructors of the records, and their checks.
 */
final class StoredForm {
    /** What a resource is made of, and nothing else. */
    private static final ObjectInputFilter MADE_OF =
            ObjectInputFilter.Config.createFilter("java.base/java.**;dev.resilient.**;software.amazon.awssdk.**;!*");

    private StoredForm() {}

    /** @throws IllegalArgumentException if a part of the value cannot be stored, naming its class */
    static byte[] write(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer writer = new Writer(bytes)) {
            writer.writeObject(value);
        } catch (IOException unfit) {
            throw new IllegalArgumentException(
                    "cannot be stored: " + value.getClass().getName(), unfit);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalStateException if the bytes are not what {@link #write} of this version of the program makes */
    static Object read(byte[] bytes) {
        try (Reader reader = new Reader(new ByteArrayInputStream(bytes))) {
            return reader.readObject();
        } catch (IOException | ClassNotFoundException strange) {
            throw new IllegalStateException("the data are of another version of this program", strange);
        }
    }

    /** Stands for a record, an {@link Optional}, or the SDK's bytes, which claim to be serializable and come back empty. */
    private record Parts(Class<?> type, ArrayList<@Nullable Object> values) implements Serializable {

        static Parts of(Class<?> type, @Nullable Object value) {
            return new Parts(type, new ArrayList<>(Collections.singletonList(value)));
        }

        static Parts of(Record value) throws IOException {
            try {
                ArrayList<@Nullable Object> values = new ArrayList<>();
                for (RecordComponent component : value.getClass().getRecordComponents()) {
                    component.getAccessor().setAccessible(true);
                    values.add(component.getAccessor().invoke(value));
                }
                return new Parts(value.getClass(), values);
            } catch (ReflectiveOperationException refused) {
                throw new IOException(refused);
            }
        }

        Object whole() throws IOException {
            if (type == Optional.class) {
                return Optional.ofNullable(values.getFirst());
            }
            if (type == SdkBytes.class && values.getFirst() instanceof byte[] bytes) {
                return SdkBytes.fromByteArrayUnsafe(bytes);
            }
            try {
                Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
                Constructor<?> constructor = type.getDeclaredConstructor(parameters);
                constructor.setAccessible(true);
                return constructor.newInstance(values.toArray());
            } catch (ReflectiveOperationException | IllegalArgumentException refused) {
                InvalidObjectException invalid = new InvalidObjectException("not a " + type.getName());
                invalid.initCause(refused);
                throw invalid;
            }
        }
    }

    private static final class Writer extends ObjectOutputStream {
        Writer(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object value) throws IOException {
            return switch (value) {
                case Parts parts -> parts;
                case Record other -> Parts.of(other);
                case Optional<?> optional -> Parts.of(Optional.class, optional.orElse(null));
                case SdkBytes bytes -> Parts.of(SdkBytes.class, bytes.asByteArrayUnsafe());
                default -> value;
            };
        }
    }

    private static final class Reader extends ObjectInputStream {
        Reader(InputStream in) throws IOException {
            super(in);
            setObjectInputFilter(MADE_OF);
            enableResolveObject(true);
        }

        @Override
        protected Object resolveObject(Object value) throws IOException {
            return value instanceof Parts parts ? parts.whole() : value;
        }
    }
}
