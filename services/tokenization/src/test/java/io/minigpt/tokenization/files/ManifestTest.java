package io.minigpt.tokenization.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.tokenization.DatasetPlan;
import io.minigpt.tokenization.Freeze;
import io.minigpt.tokenization.Label;
import io.minigpt.tokenization.NamedTemplate;
import io.minigpt.tokenization.PlannedRecord;
import io.minigpt.tokenization.Purpose;
import io.minigpt.tokenization.RecordKind;
import io.minigpt.tokenization.Selection;
import io.minigpt.tokenization.Split;
import io.minigpt.tokenization.SplitRule;
import io.minigpt.tokenization.TextForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {

    private static final NamedTemplate USUAL = new NamedTemplate("qa", "0123456789abcdef", PairTemplate.STANDARD);

    @TempDir
    Path folder;

    @Test
    void equalRecordsHaveOneIdentityWhoeverAsks() throws IOException {
        Manifest first = manifest("first", freeze("run-1", "a", 1), "hello", "world");
        Manifest second = manifest("second", freeze("run-2", "b", 1), "hello", "world");

        assertThat(second.identity()).isEqualTo(first.identity()).matches("[0-9a-f]{64}");
    }

    @Test
    void oneChangedAnswerChangesTheIdentity() throws IOException {
        Manifest first = manifest("first", freeze("run-1", "a", 1), "hello", "world");
        Manifest second = manifest("second", freeze("run-1", "a", 1), "hello", "world.");

        assertThat(second.identity()).isNotEqualTo(first.identity());
    }

    @Test
    void anotherSelectionIsAnotherIdentity() throws IOException {
        Manifest first = manifest("first", freeze("run-1", "a", 1), "hello", "world");
        Manifest second = manifest("second", freeze("run-1", "a", 2), "hello", "world");

        assertThat(second.identity()).isNotEqualTo(first.identity());
    }

    @Test
    void theUsualFormHasTheIdentityItHadBeforeThereWereOthers() throws IOException {
        Manifest manifest = manifest("first", freeze("run-1", "a", 1), "hello", "world");

        assertThat(manifest.identity()).isEqualTo("78c8356d6d97959ef0f37f9778e571224914f28a5ed3a4a1e96de0e09ee109ef");
    }

    @Test
    void anotherFormIsAnotherIdentityAndIsReadBack() throws IOException {
        PairTemplate form = new PairTemplate("{question}{eot}", "{answer}{eot}", "");
        Manifest usual = manifest("usual", freeze("run-1", "a", 1), "hello", "world");
        Manifest other = manifest(
                "other",
                freeze("run-1", "a", 1),
                Optional.of(new NamedTemplate("plain", "fedcba9876543210", form)),
                "hello",
                "world");

        assertThat(other.identity()).isNotEqualTo(usual.identity());
        JsonNode content = new ObjectMapper().readTree(other.file(Map.of())).path("content");
        assertThat(content.at("/template/name").asText()).isEqualTo("plain");
        assertThat(content.at("/template/version").asText()).isEqualTo("fedcba9876543210");
        assertThat(Manifest.form(content).pairs()).isEqualTo(form);
    }

    @Test
    void theFileGivesTheIdentityBack() throws IOException {
        Manifest manifest = manifest("first", freeze("run-1", "a", 1), "hello", "world");

        assertThat(Manifest.identity(manifest.file(Map.of("version", 3)))).isEqualTo(manifest.identity());
    }

    @Test
    void theFileSaysWhatIsInItAndBesideItWhoAsked() throws IOException {
        Manifest manifest = manifest("first", freeze("run-1", "a", 1), "hello", "world");

        JsonNode file = new ObjectMapper().readTree(manifest.file(Map.of("runId", "run-1", "version", 3)));

        assertThat(file.path("identity").asText()).isEqualTo(manifest.identity());
        assertThat(file.at("/provenance/version").asInt()).isEqualTo(3);
        JsonNode content = file.path("content");
        assertThat(content.at("/tokenizer/sha256").asText())
                .isEqualTo("306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930");
        assertThat(content.at("/tokenizer/endOfText").asInt()).isEqualTo(50256);
        assertThat(Manifest.form(content)).isEqualTo(TextForm.USUAL);
        assertThat(content.at("/train/records").asInt()).isEqualTo(1);
        assertThat(content.at("/split/heldOutDocuments").asText()).isEqualTo("0.1");
        assertThat(content.path("files").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("records.jsonl", "train.bin", "train.index", "val.bin", "val.index");
    }

    private Manifest manifest(String name, Freeze freeze, String question, String answer) throws IOException {
        return manifest(name, freeze, Optional.of(USUAL), question, answer);
    }

    private Manifest manifest(
            String name, Freeze freeze, Optional<NamedTemplate> template, String question, String answer)
            throws IOException {
        Path into = Files.createDirectories(folder.resolve(name));
        MemorySnapshot snapshot = new MemorySnapshot().pair("p1", question, answer);
        DatasetPlan plan = new DatasetPlan(
                List.of(new PlannedRecord("p1", RecordKind.GENERATED, "d1", "d1", Split.TRAIN, Label.TRAINED, 0)),
                List.of());
        DatasetFiles files = new DatasetWriter(into, 1, Manifest.form(freeze, template), (entries, done) -> {})
                .write(new PlannedEntries(plan, snapshot, 10), plan.evaluationSets());
        return Manifest.of(freeze, template, SplitRule.STANDARD, plan, files);
    }

    private static Freeze freeze(String run, String name, int repeat) {
        return new Freeze(run, name, Purpose.SFT, new Selection("samples", 0, repeat), List.of(), "someone", "");
    }
}
