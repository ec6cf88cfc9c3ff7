package io.minigpt.tokenization.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.platform.Ids;
import io.minigpt.tokenization.DatasetPlan;
import io.minigpt.tokenization.Freeze;
import io.minigpt.tokenization.Label;
import io.minigpt.tokenization.NamedTemplate;
import io.minigpt.tokenization.Purpose;
import io.minigpt.tokenization.Selection;
import io.minigpt.tokenization.SplitRule;
import io.minigpt.tokenization.TextForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * What a version is: its content, and beside it who made it when and why. The version's identity is the sha256 of the
 * content in canonical form (RFC 8785), so equal records under an equal selection have equal identities.
 */
public final class Manifest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** In the place of a label: each item of the set has its own. */
    private static final String OWN_LABELS = "by-item";

    private final Map<String, Object> content;
    private final byte[] canonical;

    private Manifest(Map<String, Object> content) {
        this.content = content;
        this.canonical = canonical(content);
    }

    /**
     * The manifest of files that were written for a freeze.
     *
     * @param template form of the pairs; none if there are documents
     */
    public static Manifest of(
            Freeze freeze, Optional<NamedTemplate> template, SplitRule rule, DatasetPlan plan, DatasetFiles files) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("recipe", Recipe.VERSION);
        content.put("kind", freeze.purpose().text());
        content.put("selection", selection(freeze.purpose(), freeze.selection()));
        content.put("tokenizer", Recipe.tokenizer());
        content.put("template", Recipe.template(form(freeze, template), template));
        content.put("split", split(rule));
        content.put("recordsByKind", plan.recordsByKind());
        content.put("train", files.train());
        content.put("validation", files.validation());
        content.put("evaluation", evaluation(plan));
        content.put("files", new TreeMap<>(files.contents()));
        return new Manifest(content);
    }

    /** Lower-case hexadecimal sha256 of the canonical content. */
    public String identity() {
        return HexFormat.of().formatHex(Ids.sha256().digest(canonical));
    }

    /** The file: identity, content and provenance in canonical form. */
    public byte[] file(Map<String, Object> provenance) {
        return canonical(Map.of("identity", identity(), "content", content, "provenance", provenance));
    }

    /** Why records of a recipe cannot be written again by this release; nothing if they can. */
    public static Optional<String> otherRecipe(int recipe) {
        return recipe == Recipe.VERSION
                ? Optional.empty()
                : Optional.of("the version was made by recipe " + recipe + ", this release knows recipe "
                        + Recipe.VERSION + "; rebuild it with the release that made it");
    }

    /** The label of an evaluation set, by its entry in a manifest; empty if each item has its own. */
    public static Optional<Label> label(JsonNode set) {
        String label = set.path("label").asText();
        return label.equals(OWN_LABELS) ? Optional.empty() : Optional.of(Label.of(label));
    }

    /** The identity of the content in a manifest's file. @throws IOException if it is no manifest */
    public static String identity(byte[] file) throws IOException {
        Map<String, Object> manifest = JSON.readValue(file, new TypeReference<>() {});
        if (!(manifest.get("content") instanceof Map<?, ?> content)) {
            throw new IOException("a manifest without a content");
        }
        byte[] canonical = new JsonCanonicalizer(JSON.writeValueAsString(content)).getEncodedUTF8();
        return HexFormat.of().formatHex(Ids.sha256().digest(canonical));
    }

    /** How records become text, by the content of a manifest. */
    public static TextForm form(JsonNode content) {
        return Recipe.form(content.path("template"));
    }

    /** How the records of a freeze become text. */
    public static TextForm form(Freeze freeze, Optional<NamedTemplate> template) {
        return new TextForm(
                freeze.selection().separator(),
                template.map(NamedTemplate::form).orElse(PairTemplate.STANDARD));
    }

    private static Map<String, Object> selection(Purpose purpose, Selection selection) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("corpus", selection.corpus());
        if (purpose == Purpose.SFT) {
            json.put("maxGenerated", selection.maxGenerated());
            json.put("curatedRepeat", selection.curatedRepeat());
            // left out where nothing is chosen, so that versions from before they existed keep their identity
            putUnless(0L, json, "maxVariants", selection.maxVariants());
            putUnless(1, json, "generatedRepeat", selection.generatedRepeat());
            putUnless(List.of(), json, "kinds", sorted(selection.kinds()));
            putUnless(List.of(), json, "promptVersions", sorted(selection.promptVersions()));
            putUnless(List.of(), json, "evaluationSets", sorted(selection.evaluationSets()));
            // as text, like the shares of the split
            putUnless("0.0", json, "minGrounding", Double.toString(selection.minGrounding()));
        }
        return json;
    }

    private static void putUnless(Object usual, Map<String, Object> json, String key, Object value) {
        if (!value.equals(usual)) {
            json.put(key, value);
        }
    }

    private static List<String> sorted(List<String> names) {
        return names.stream().distinct().sorted().toList();
    }

    /** Shares as text: canonical JSON of fractions depends on how a language prints them. */
    private static Map<String, Object> split(SplitRule rule) {
        return Map.of(
                "salt", rule.salt(),
                "heldOutDocuments", Double.toString(rule.heldOutDocuments()),
                "reportedDocuments", Double.toString(rule.reportedDocuments()),
                "sameDocument", Double.toString(rule.sameDocument()),
                "heldOutVariants", rule.heldOutVariants());
    }

    private static List<Map<String, Object>> evaluation(DatasetPlan plan) {
        return plan.evaluationSets().stream()
                .map(set -> Map.<String, Object>of(
                        "file", set.file(),
                        "items", set.records().size(),
                        "label", set.label().map(Label::text).orElse(OWN_LABELS)))
                .toList();
    }

    private static byte[] canonical(Map<String, Object> json) {
        try {
            return new JsonCanonicalizer(JSON.writeValueAsString(json)).getEncodedUTF8();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings, numbers and records is always JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
