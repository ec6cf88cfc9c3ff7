package io.minigpt.registry.http;

import io.minigpt.platform.NotFoundException;
import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import io.minigpt.registry.store.AliasStore;
import io.minigpt.registry.store.VersionStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Versions as the interface shows them, each with its aliases and figures. */
@ApplicationScoped
class VersionViews {

    private final VersionStore versions;
    private final AliasStore aliases;

    VersionViews(VersionStore versions, AliasStore aliases) {
        this.versions = versions;
        this.aliases = aliases;
    }

    /** @throws NotFoundException if there is no such version */
    RegisteredVersion find(Handle transaction, VersionReference reference) {
        return versions.find(transaction, reference)
                .orElseThrow(() -> new NotFoundException("version", reference.toString()));
    }

    VersionView of(Handle transaction, RegisteredVersion version) {
        return of(transaction, List.of(version)).getFirst();
    }

    /** In the order of the versions, which may be of several models. */
    List<VersionView> of(Handle transaction, List<RegisteredVersion> found) {
        Map<VersionReference, VersionView> views = new HashMap<>();
        found.stream()
                .collect(Collectors.groupingBy(RegisteredVersion::model))
                .forEach((model, own) -> ofModel(transaction, model, own)
                        .forEach(view -> views.put(new VersionReference(model, view.version()), view)));
        return found.stream().map(version -> views.get(version.reference())).toList();
    }

    private List<VersionView> ofModel(Handle transaction, String model, List<RegisteredVersion> found) {
        List<Integer> numbers = found.stream().map(RegisteredVersion::version).toList();
        Map<Integer, List<String>> named = aliases.of(transaction, model, numbers);
        Map<Integer, Map<String, Double>> metrics = versions.metrics(transaction, model, numbers);
        List<VersionView> views = new ArrayList<>();
        for (RegisteredVersion version : found) {
            views.add(VersionView.of(
                    version,
                    named.getOrDefault(version.version(), List.of()),
                    metrics.getOrDefault(version.version(), Map.of())));
        }
        return views;
    }
}
