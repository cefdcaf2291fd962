package dev.resilient.wire.signature;

import dev.resilient.wire.Gate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Remembers the derived keys that were used last, since deriving one costs as much as the rest of a verification. Thread-safe. */
final class SigningKeys {
    private static final int REMEMBERED = 256;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Origin, SigningKey> keys = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Origin, SigningKey> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** The signing key of this access key and scope. */
    SigningKey of(Gate.AccessKey key, Signature.Scope scope) {
        Origin origin = new Origin(key.secret(), scope);
        lock.lock();
        try {
            return keys.computeIfAbsent(origin, absent -> SigningKey.derive(absent.secret, absent.scope));
        } finally {
            lock.unlock();
        }
    }

    private record Origin(String secret, Signature.Scope scope) {
        @Override
        public String toString() {
            return scope.toString();
        }
    }
}
