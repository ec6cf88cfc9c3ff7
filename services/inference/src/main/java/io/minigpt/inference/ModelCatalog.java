package io.minigpt.inference;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The versions and aliases that the registry has told of, in memory: facts may come twice and late, the newest revision
 * of an alias wins, and a deleted version stays deleted.
 */
@ApplicationScoped
public class ModelCatalog {

    private final Map<VersionId, ServableVersion> versions = new HashMap<>();
    private final Map<VersionId, TrainingData> trainedOn = new HashMap<>();
    private final Set<VersionId> deleted = new HashSet<>();
    private final Map<AliasName, Target> aliases = new HashMap<>();

    /** What an alias names since a revision; null for nothing. */
    private record Target(long revision, VersionId version) {}

    /** A version exists. */
    public synchronized void register(ServableVersion version) {
        if (!deleted.contains(version.id())) {
            versions.putIfAbsent(version.id(), version);
        }
    }

    /** A version is gone; its number is never used again. */
    public synchronized void delete(VersionId id) {
        deleted.add(id);
        versions.remove(id);
    }

    /** An alias names a version. */
    public synchronized void setAlias(AliasName alias, long revision, ServableVersion version) {
        register(version);
        move(alias, new Target(revision, version.id()));
    }

    /** An alias is gone. */
    public synchronized void removeAlias(AliasName alias, long revision) {
        move(alias, new Target(revision, null));
    }

    /** What a version learned; known even when the version is gone. */
    public synchronized void setTrainedOn(VersionId id, TrainingData data) {
        trainedOn.put(id, data);
    }

    /** What a version learned, if the registry has told. */
    public synchronized Optional<TrainingData> trainedOn(VersionId id) {
        return Optional.ofNullable(trainedOn.get(id));
    }

    /** A version by its number. */
    public synchronized Optional<ServableVersion> version(VersionId id) {
        return Optional.ofNullable(versions.get(id));
    }

    /** The version that an alias names. */
    public synchronized Optional<ServableVersion> version(AliasName alias) {
        return Optional.ofNullable(aliases.get(alias)).map(Target::version).map(versions::get);
    }

    /** Every version, by model and number. */
    public synchronized List<ServableVersion> versions() {
        return versions.values().stream()
                .sorted(Comparator.comparing(
                                (ServableVersion version) -> version.id().model())
                        .thenComparing(version -> version.id().version()))
                .toList();
    }

    /** Every alias that names a version, by model and alias. */
    public synchronized List<AliasName> aliases() {
        return aliases.keySet().stream()
                .filter(alias -> version(alias).isPresent())
                .sorted(Comparator.comparing(AliasName::toString))
                .toList();
    }

    private void move(AliasName alias, Target target) {
        aliases.merge(alias, target, (old, fresh) -> fresh.revision() > old.revision() ? fresh : old);
    }
}
