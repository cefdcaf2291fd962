package dev.resilient.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.wire.AwsService;
import dev.resilient.wire.OperationRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document of operations is what the services register; {@code -Doperations.write=true} writes it anew. */
class OperationDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "local-cloud-operations.md");

    @TempDir
    private Path data;

    @Test
    void the_document_shows_the_registries() throws IOException {
        String document = document();
        if (Boolean.getBoolean("operations.write")) {
            Files.writeString(DOCUMENT, document);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(document);
    }

    @Test
    void every_service_has_a_chapter() {
        try (LocalCloud cloud = LocalCloud.builder().data(data).start()) {
            assertThat(cloud.services().stream().map(service -> service.model().signingName()))
                    .containsExactlyInAnyOrderElementsOf(OperationDocument.CHAPTERS.stream()
                            .map(OperationDocument.Chapter::signingName)
                            .toList());
        }
    }

    private String document() {
        try (LocalCloud cloud = LocalCloud.builder().data(data).start()) {
            return OperationDocument.of(cloud.services().stream()
                    .collect(Collectors.toMap(
                            service -> service.model().signingName(), OperationDocumentTest::operations)));
        }
    }

    private static List<String> operations(AwsService service) {
        OperationRegistry registry = new OperationRegistry(service.model().signingName());
        service.register(registry);
        return registry.names();
    }
}
