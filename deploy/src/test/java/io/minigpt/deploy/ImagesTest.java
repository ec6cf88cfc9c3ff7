package io.minigpt.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.local.system.Service;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names and versions that stand in several places are the same everywhere. */
class ImagesTest {

    @Test
    void theContainerfileNamesTheBuildsLibtorch() {
        // Given
        String version = Repository.property("pytorch.version");

        // Then
        assertThat(Repository.read("deploy/images/Containerfile"))
                .contains("ARG TORCH_VERSION=" + version + "\n", "pytorch/pytorch:" + version + "-cuda12.8");
    }

    @Test
    void everyImageThatTheManifestsNameIsBuilt() {
        // Given
        List<String> built = Stream.concat(Stream.of(Service.values()).map(Service::label), Stream.of("local"))
                .toList();
        List<String> onGpu = List.of("training-worker", "inference");

        // Then
        assertThat(Repository.read("deploy/images/build").replace("\\\n", " ")).contains(built);
        Combination.all()
                .forEach(combination -> assertThat(combination.rendered().workloads())
                        .extracting(workload -> workload.container().getImage())
                        .filteredOn(image -> image.startsWith("localhost/minigpt/"))
                        .allSatisfy(image -> {
                            String name = image.replaceFirst("localhost/minigpt/(.*):.*", "$1");
                            assertThat(name.endsWith("-cuda") ? onGpu : built).contains(name.replace("-cuda", ""));
                        }));
    }
}
