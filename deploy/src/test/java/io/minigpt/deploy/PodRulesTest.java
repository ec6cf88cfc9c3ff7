package io.minigpt.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every pod in every combination. */
class PodRulesTest {

    static Stream<Combination> combinations() {
        return Combination.all();
    }

    /** The profile "restricted" of https://kubernetes.io/docs/concepts/security/pod-security-standards, and more. */
    @ParameterizedTest
    @MethodSource("combinations")
    void podsAreRestricted(Combination combination) {
        for (Workload workload : combination.rendered().workloads()) {
            PodSpec pod = workload.pod();
            Container container = workload.container();
            assertThat(pod.getSecurityContext().getRunAsNonRoot())
                    .as(workload.name())
                    .isTrue();
            assertThat(pod.getSecurityContext().getRunAsUser())
                    .as(workload.name())
                    .isPositive();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                    .as(workload.name())
                    .isEqualTo("RuntimeDefault");
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .as(workload.name())
                    .isFalse();
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .as(workload.name())
                    .isTrue();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .as(workload.name())
                    .containsExactly("ALL");
            assertThat(container.getSecurityContext().getCapabilities().getAdd())
                    .isEmpty();
            assertThat(pod.getVolumes()).as(workload.name()).allMatch(PodRulesTest::isAllowed);
            assertThat(pod.getHostNetwork()).isNull();
            assertThat(pod.getHostPID()).isNull();
            assertThat(container.getPorts()).allMatch(port -> port.getHostPort() == null);
        }
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void podsHaveAnAccountOfTheirOwnWithoutToken(Combination combination) {
        Manifests manifests = combination.rendered();
        for (Workload workload : manifests.workloads()) {
            PodSpec pod = workload.pod();
            assertThat(pod.getServiceAccountName()).isEqualTo(workload.name());
            assertThat(pod.getAutomountServiceAccountToken())
                    .as(workload.name())
                    .isFalse();
            assertThat(manifests.get(ServiceAccount.class, workload.name()).getAutomountServiceAccountToken())
                    .isFalse();
            assertThat(pod.getEnableServiceLinks()).as(workload.name()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void containersHaveAnImageOfAVersionResourcesAndProbes(Combination combination) {
        String version = Repository.property("version");
        for (Workload workload : combination.rendered().workloads()) {
            Container container = workload.container();
            assertThat(container.getImage())
                    .matches(
                            workload.isService()
                                    ? "localhost/minigpt/.*:" + version
                                    : "(localhost|docker.io)/.*:\\d.*");
            Map<String, ?> requests = container.getResources().getRequests();
            assertThat(requests).as(workload.name()).containsKeys("cpu", "memory");
            long memory = Workload.bytes(container.getResources().getLimits(), "memory");
            assertThat(Workload.bytes(container.getResources().getRequests(), "memory"))
                    .as(workload.name())
                    .isPositive()
                    .isLessThanOrEqualTo(memory);
            if (!workload.runsToItsEnd()) {
                assertThat(Arrays.asList(
                                container.getStartupProbe(),
                                container.getReadinessProbe(),
                                container.getLivenessProbe()))
                        .as(workload.name())
                        .doesNotContainNull()
                        .allMatch(PodRulesTest::hasAction);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void servicesSpreadOverNodesAndLeaveOneByOne(Combination combination) {
        Manifests manifests = combination.rendered();
        for (Workload workload : manifests.workloads()) {
            if (workload.isService()) {
                assertThat(workload.pod().getTopologySpreadConstraints())
                        .singleElement()
                        .satisfies(spread -> assertThat(spread.getTopologyKey()).isEqualTo("kubernetes.io/hostname"))
                        .satisfies(spread -> assertThat(workload.labels())
                                .containsAllEntriesOf(spread.getLabelSelector().getMatchLabels())
                                .containsKeys(spread.getMatchLabelKeys().toArray(String[]::new)));
                PodDisruptionBudget budget = manifests.get(PodDisruptionBudget.class, workload.name());
                assertThat(workload.labels())
                        .containsAllEntriesOf(budget.getSpec().getSelector().getMatchLabels());
                assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void whatIsWrittenOutsideVolumesHasABound(Combination combination) {
        for (Workload workload : combination.rendered().workloads()) {
            assertThat(workload.pod().getVolumes())
                    .filteredOn(volume -> volume.getEmptyDir() != null)
                    .as(workload.name())
                    .allMatch(volume -> volume.getEmptyDir().getSizeLimit() != null);
            assertThat(workload.container().getVolumeMounts())
                    .extracting(VolumeMount::getMountPath)
                    .as(workload.name())
                    .contains("/tmp")
                    .doesNotHaveDuplicates();
        }
    }

    private static boolean isAllowed(Volume volume) {
        return volume.getConfigMap() != null
                || volume.getEmptyDir() != null
                || volume.getSecret() != null
                || volume.getPersistentVolumeClaim() != null;
    }

    private static boolean hasAction(Probe probe) {
        return probe.getHttpGet() != null || probe.getTcpSocket() != null || probe.getExec() != null;
    }
}
