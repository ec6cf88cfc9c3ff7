package io.minigpt.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one object says of another is so, in every combination. */
class ReferencesTest {

    static Stream<Combination> combinations() {
        return Combination.all();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void addressesLeadToPods(Combination combination) {
        Manifests manifests = combination.rendered();
        manifests
                .all(Service.class)
                .filter(service -> service.getSpec().getExternalName() == null)
                .forEach(service -> {
                    Workload workload = manifests.workload(service.getMetadata().getName());
                    assertThat(workload.labels())
                            .containsAllEntriesOf(service.getSpec().getSelector());
                    assertThat(workload.container().getPorts())
                            .extracting(ContainerPort::getName)
                            .containsAll(service.getSpec().getPorts().stream()
                                    .map(port -> port.getTargetPort().getStrVal())
                                    .toList());
                });
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void probesAskPortsThatThereAre(Combination combination) {
        for (Workload workload : combination.rendered().workloads()) {
            Container container = workload.container();
            List<String> ports =
                    container.getPorts().stream().map(ContainerPort::getName).toList();
            Stream.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())
                    .filter(Objects::nonNull)
                    .filter(probe -> probe.getExec() == null)
                    .forEach(probe -> assertThat(ports)
                            .as(workload.name())
                            .contains(
                                    probe.getHttpGet() != null
                                            ? probe.getHttpGet().getPort().getStrVal()
                                            : probe.getTcpSocket().getPort().getStrVal()));
        }
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void configMapsClaimsAndVolumesThatPodsNameExist(Combination combination) {
        Manifests manifests = combination.rendered();
        for (Workload workload : manifests.workloads()) {
            for (EnvFromSource source : workload.container().getEnvFrom()) {
                if (source.getConfigMapRef() != null) {
                    assertThat(manifests.find(
                                    ConfigMap.class, source.getConfigMapRef().getName()))
                            .as(workload.name())
                            .isPresent();
                }
            }
            List<String> volumes = new ArrayList<>();
            for (Volume volume : workload.pod().getVolumes()) {
                volumes.add(volume.getName());
                if (volume.getConfigMap() != null) {
                    assertThat(manifests.find(
                                    ConfigMap.class, volume.getConfigMap().getName()))
                            .as(workload.name())
                            .isPresent();
                }
                if (volume.getPersistentVolumeClaim() != null) {
                    assertThat(manifests.find(
                                    PersistentVolumeClaim.class,
                                    volume.getPersistentVolumeClaim().getClaimName()))
                            .as(workload.name())
                            .isPresent();
                }
            }
            if (workload.object() instanceof StatefulSet set) {
                set.getSpec()
                        .getVolumeClaimTemplates()
                        .forEach(claim -> volumes.add(claim.getMetadata().getName()));
            }
            assertThat(workload.container().getVolumeMounts())
                    .extracting(VolumeMount::getName)
                    .as(workload.name())
                    .containsExactlyInAnyOrderElementsOf(volumes);
        }
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void secretsAreNamedAndNeverWritten(Combination combination) {
        Manifests manifests = combination.rendered();
        String guide = Repository.read("docs/operations.md");
        assertThat(manifests.all()).noneMatch(object -> object.getKind().equals("Secret"));
        for (Workload workload : manifests.workloads()) {
            for (EnvVar variable : workload.container().getEnv()) {
                boolean looksSecret = variable.getName().matches(".*(PASSWORD|KEY|JAAS|TOKEN|SECRET).*");
                assertThat(looksSecret && variable.getValue() != null)
                        .as(variable.getName())
                        .isFalse();
                if (variable.getValueFrom() != null && variable.getValueFrom().getSecretKeyRef() != null) {
                    SecretKeySelector reference = variable.getValueFrom().getSecretKeyRef();
                    assertThat(guide)
                            .as("how to make it")
                            .contains("`" + reference.getName() + "`", reference.getKey());
                }
            }
            workload.pod().getVolumes().stream()
                    .filter(volume -> volume.getSecret() != null)
                    .forEach(volume ->
                            assertThat(guide).contains("`" + volume.getSecret().getSecretName() + "`"));
        }
    }
}
