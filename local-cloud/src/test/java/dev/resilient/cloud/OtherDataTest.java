package dev.resilient.cloud;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.cloud.store.ResourceStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cloud does with a folder whose resources it cannot take for its own. */
class OtherDataTest {
    @TempDir
    private Path data;

    private LocalCloud start(String region) {
        return LocalCloud.builder().region(region).data(data).lasting().start();
    }

    @Test
    void a_cloud_does_not_move_to_another_region() {
        start("eu-west-1").close();
        start("eu-west-1").close();
        assertThatThrownBy(() -> start("us-west-2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("is in eu-west-1, not in us-west-2");
    }

    @Test
    void what_another_version_kept_is_refused_before_anything_of_it_is_read() {
        try (ResourceStore store = ResourceStore.inFile(data.resolve(LocalCloud.RESOURCES))) {
            store.<String>map("cloud").create("region", "us-west-2");
        }
        assertThatThrownBy(() -> start("us-west-2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("was kept by another version of this program, in another form");
    }
}
