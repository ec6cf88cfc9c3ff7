package io.minigpt.tokenization.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.artifacts.DamagedArtifactException;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.tokenization.EvaluationSet;
import io.minigpt.tokenization.FileProof;
import io.minigpt.tokenization.TokenizationConfig;
import io.minigpt.tokenization.files.DatasetWriter;
import io.minigpt.tokenization.files.EvaluationLine;
import io.minigpt.tokenization.files.FileDigest;
import io.minigpt.tokenization.files.FrozenEntries;
import io.minigpt.tokenization.files.Manifest;
import io.minigpt.tokenization.files.WriteListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads every file of a version, makes all of them again from the frozen records and the ids in the evaluation sets, and
 * says of each whether it is what the version promises.
 */
@ApplicationScoped
class FileProofs {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANIFEST = "manifest.json";
    private static final String INTACT = "intact";

    private final ArtifactStore artifacts;
    private final TokenizationConfig config;

    FileProofs(ArtifactStore artifacts, TokenizationConfig config) {
        this.artifacts = artifacts;
        this.config = config;
    }

    List<FileProof> of(DatasetVersion version, Path folder, WriteListener listener) throws IOException {
        Map<String, String> damages = new HashMap<>();
        Map<String, String> stored = new HashMap<>();
        for (Artifact file : version.getFilesList()) {
            stored.put(file.getName(), check(file, damages));
        }
        boolean readable = INTACT.equals(stored.get(MANIFEST)) && INTACT.equals(stored.get(FrozenEntries.FILE));
        Map<String, FileDigest> rebuilt = readable ? rebuild(version, folder, stored, listener) : Map.of();
        List<FileProof> proofs = new ArrayList<>();
        for (Artifact file : version.getFilesList()) {
            String name = file.getName();
            String again = !readable ? "not-rebuilt" : compare(version, file, rebuilt);
            proofs.add(new FileProof(name, file.getSha256(), stored.get(name), again, damages.get(name)));
        }
        return proofs;
    }

    private String check(Artifact file, Map<String, String> damages) throws IOException {
        try (InputStream in = artifacts.open(file)) {
            in.transferTo(OutputStream.nullOutputStream());
            return INTACT;
        } catch (NoSuchFileException e) {
            damages.put(file.getName(), "artifact " + file.getKey() + " is not in the store");
            return "missing";
        } catch (DamagedArtifactException e) {
            damages.put(file.getName(), e.getMessage());
            return "damaged";
        }
    }

    private Map<String, FileDigest> rebuild(
            DatasetVersion version, Path folder, Map<String, String> stored, WriteListener listener)
            throws IOException {
        JsonNode content = JSON.readTree(read(version, MANIFEST)).path("content");
        Manifest.otherRecipe(content.path("recipe").asInt()).ifPresent(why -> {
            throw new PermanentFailureException(why);
        });
        List<EvaluationSet> sets = new ArrayList<>();
        for (JsonNode set : content.path("evaluation")) {
            if (INTACT.equals(stored.get(set.path("file").asText()))) {
                sets.add(evaluationSet(version, set));
            }
        }
        Set<String> wanted = new HashSet<>();
        sets.forEach(set -> wanted.addAll(set.records()));
        try (FrozenEntries entries =
                new FrozenEntries(artifacts.open(file(version, FrozenEntries.FILE)), config.batch(), wanted)) {
            return new DatasetWriter(folder, config.threads(), Manifest.form(content), listener)
                    .write(entries, sets)
                    .contents();
        }
    }

    private EvaluationSet evaluationSet(DatasetVersion version, JsonNode set) throws IOException {
        String file = set.path("file").asText();
        List<String> ids = EvaluationLine.ids(artifacts.open(file(version, file)));
        return new EvaluationSet(EvaluationSet.name(file), Manifest.label(set), ids);
    }

    /** The records are compared uncompressed, and the manifest by its identity: neither depends on a library's version. */
    private String compare(DatasetVersion version, Artifact file, Map<String, FileDigest> rebuilt) throws IOException {
        String name = file.getName();
        Optional<String> again =
                switch (name) {
                    case MANIFEST -> Optional.of(Manifest.identity(read(version, MANIFEST)));
                    case FrozenEntries.FILE -> digest(rebuilt, FrozenEntries.CONTENT);
                    default -> digest(rebuilt, name);
                };
        String expected =
                switch (name) {
                    case MANIFEST -> version.getIdentity();
                    case FrozenEntries.FILE ->
                        JSON.readTree(read(version, MANIFEST))
                                .at("/content/files")
                                .path(FrozenEntries.CONTENT)
                                .path("sha256")
                                .asText();
                    default -> file.getSha256();
                };
        return again.map(sha256 -> sha256.equals(expected) ? "equal" : "different")
                .orElse("not-rebuilt");
    }

    private static Optional<String> digest(Map<String, FileDigest> rebuilt, String name) {
        return Optional.ofNullable(rebuilt.get(name)).map(FileDigest::sha256);
    }

    private byte[] read(DatasetVersion version, String name) throws IOException {
        try (InputStream in = artifacts.open(file(version, name))) {
            return in.readAllBytes();
        }
    }

    private static Artifact file(DatasetVersion version, String name) throws IOException {
        return version.getFilesList().stream()
                .filter(file -> file.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "version " + version.getName() + ":" + version.getVersion() + " has no file " + name));
    }
}
