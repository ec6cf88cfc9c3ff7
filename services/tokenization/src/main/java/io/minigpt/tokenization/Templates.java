package io.minigpt.tokenization;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.platform.Ids;
import io.minigpt.platform.InvalidRequestException;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The text forms of pairs, from the files of one folder, as they were when the service started. */
@ApplicationScoped
public class Templates {

    private static final Pattern FILE = Pattern.compile("([a-z0-9][a-z0-9-]{0,39})\\.yaml");
    private static final int VERSION_DIGITS = 16;
    private static final ObjectReader YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(PairTemplate.class);

    private final Map<String, NamedTemplate> byName;

    @Inject
    Templates(TokenizationConfig config) {
        this(config.templates());
    }

    /** @throws IllegalStateException naming the file that cannot be used */
    Templates(Path folder) {
        Map<String, NamedTemplate> found = new TreeMap<>();
        files(folder).forEach(file -> {
            NamedTemplate template = read(file);
            found.put(template.name(), template);
        });
        if (!found.containsKey(NamedTemplate.USUAL)) {
            throw new IllegalStateException("there is no template " + folder.toAbsolutePath() + "/"
                    + NamedTemplate.USUAL + ".yaml; check minigpt.tokenization.templates");
        }
        byName = Map.copyOf(found);
    }

    void start(@Observes StartupEvent event) {
        // what cannot be read stops the start, not the first freeze
    }

    public Optional<NamedTemplate> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The template of a request. @throws InvalidRequestException if there is none of this name */
    public NamedTemplate named(String name) {
        return find(name)
                .orElseThrow(() -> new InvalidRequestException("template '" + name + "' is not one of "
                        + byName.keySet().stream().sorted().toList()));
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the templates in " + folder.toAbsolutePath() + " cannot be listed", e);
        }
    }

    private static NamedTemplate read(Path file) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalStateException("template " + file
                    + ": its name has to be 1 to 40 lower-case letters, digits and dashes, and .yaml");
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            String version =
                    HexFormat.of().formatHex(Ids.sha256().digest(bytes)).substring(0, VERSION_DIGITS);
            return new NamedTemplate(name.group(1), version, YAML.readValue(bytes));
        } catch (ValueInstantiationException e) {
            throw new IllegalStateException(
                    "template " + file + ": " + e.getCause().getMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("template " + file + ": " + e.getMessage(), e);
        }
    }
}
