package io.minigpt.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Something that runs pods; each has one container. */
public record Workload(HasMetadata object, PodTemplateSpec template, Integer replicas) {

    public String name() {
        return object.getMetadata().getName();
    }

    public PodSpec pod() {
        return template.getSpec();
    }

    public Map<String, String> labels() {
        return template.getMetadata().getLabels();
    }

    public Container container() {
        List<Container> containers = pod().getContainers();
        if (containers.size() != 1 || !pod().getInitContainers().isEmpty()) {
            throw new AssertionError(name() + " has more than one container");
        }
        return containers.getFirst();
    }

    /** One of ours, not a store. */
    public boolean isService() {
        return object instanceof Deployment;
    }

    public boolean runsToItsEnd() {
        return object instanceof Job;
    }

    /** Pods at the same time. */
    public int count() {
        return replicas == null ? 1 : replicas;
    }

    public static long bytes(Map<String, Quantity> resources, String resource) {
        return Quantity.getAmountInBytes(resources.get(resource)).longValueExact();
    }

    /** Variables whose values are in the manifests: those of config maps, and those given directly. */
    public Map<String, String> variables(Manifests manifests) {
        Map<String, String> variables = new TreeMap<>();
        for (EnvFromSource source : container().getEnvFrom()) {
            if (source.getConfigMapRef() != null) {
                variables.putAll(manifests
                        .get(ConfigMap.class, source.getConfigMapRef().getName())
                        .getData());
            }
        }
        for (EnvVar variable : container().getEnv()) {
            if (variable.getValue() != null) {
                variables.put(variable.getName(), variable.getValue());
            }
        }
        return variables;
    }

    /** Names of variables whose values come from elsewhere: secrets and the pod itself. */
    public List<String> referredVariables() {
        return container().getEnv().stream()
                .filter(variable -> variable.getValueFrom() != null)
                .map(EnvVar::getName)
                .toList();
    }
}
