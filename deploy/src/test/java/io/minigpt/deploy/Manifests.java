package io.minigpt.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Objects as they would be applied. */
public final class Manifests {
    private final List<HasMetadata> objects;

    Manifests(String documents) {
        this.objects = StrictModel.read(documents);
    }

    public List<HasMetadata> all() {
        return objects;
    }

    public <T extends HasMetadata> Stream<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast);
    }

    public <T extends HasMetadata> Optional<T> find(Class<T> kind, String name) {
        return all(kind)
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst();
    }

    /** An object that must be there. */
    public <T extends HasMetadata> T get(Class<T> kind, String name) {
        return find(kind, name).orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " " + name));
    }

    /** A config map by the name it was written with, to which rendering appends a hash of its content. */
    public ConfigMap configMap(String name) {
        return all(ConfigMap.class)
                .filter(map -> map.getMetadata().getName().matches(name + "-[a-z0-9]{10}"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no config map " + name));
    }

    /** Everything that runs pods. */
    public List<Workload> workloads() {
        return objects.stream()
                .flatMap(object -> switch (object) {
                    case Deployment deployment ->
                        Stream.of(new Workload(
                                deployment,
                                deployment.getSpec().getTemplate(),
                                deployment.getSpec().getReplicas()));
                    case StatefulSet set ->
                        Stream.of(new Workload(
                                set, set.getSpec().getTemplate(), set.getSpec().getReplicas()));
                    case Job job -> Stream.of(new Workload(job, job.getSpec().getTemplate(), null));
                    default -> Stream.empty();
                })
                .toList();
    }

    public Workload workload(String name) {
        return workloads().stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing runs " + name));
    }
}
