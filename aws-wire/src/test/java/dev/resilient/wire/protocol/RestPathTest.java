package dev.resilient.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.wire.Route;
import dev.resilient.wire.http.WireRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RestPathTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8000, /, '', '', SERVICE",
        "127.0.0.1:8000, /bucket, bucket, '', BUCKET",
        "127.0.0.1:8000, /bucket/, bucket, '', BUCKET",
        "127.0.0.1:8000, /bucket/a%20b/c, bucket, a b/c, OBJECT",
        "localhost:8000, /bucket/key, bucket, key, OBJECT",
        "s3.localhost:8000, /bucket/key, bucket, key, OBJECT",
        "bucket.localhost:8000, /, bucket, '', BUCKET",
        "bucket.localhost, /key, bucket, key, OBJECT",
        "my.bucket.s3.localhost:8000, /deep/key, my.bucket, deep/key, OBJECT",
        "bucket.s3.us-west-2.localhost, /key, bucket, key, OBJECT",
    })
    void bucket_and_key_are_found_in_path_and_host(
            String host, String rawPath, String bucket, String key, Route.Level level) {
        RestPath path = RestPath.of(new WireRequest("GET", rawPath, "", Map.of("host", List.of(host)), new byte[0]));
        assertThat(path.bucket()).isEqualTo(bucket);
        assertThat(path.key()).isEqualTo(key);
        assertThat(path.level()).isEqualTo(level);
    }
}
