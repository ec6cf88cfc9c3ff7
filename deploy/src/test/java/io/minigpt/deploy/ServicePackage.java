package io.minigpt.deploy;

import io.minigpt.local.system.Service;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;

/** A built service: what it reads of its configuration, and what it says itself about it. */
final class ServicePackage {
    private static final DotName MAPPING = DotName.createSimple(ConfigMapping.class);
    private static final DotName QUARKUS_ROOT = DotName.createSimple("io.quarkus.runtime.annotations.ConfigRoot");
    private static final List<String> OWN_SETTINGS =
            List.of("application.properties", "META-INF/microprofile-config.properties");

    private final List<Path> jars;
    private final Map<String, String> known = new HashMap<>();

    ServicePackage(Service service) {
        Path folder = Repository.file("services/" + service.label() + "/target/quarkus-app");
        try (Stream<Path> files = Files.walk(folder)) {
            this.jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
            readMappings();
            readOwnSettings();
        } catch (IOException failure) {
            throw new UncheckedIOException("not built: " + folder, failure);
        }
    }

    /** Names of all settings that it reads, {@code *} for a name that is free, each with its default or an empty text. */
    Map<String, String> settings() {
        return Map.copyOf(known);
    }

    /** What it takes for a setting that nobody gives it. */
    String defaultOf(String setting) {
        String value = known.getOrDefault(setting, "");
        if (value.isEmpty()) {
            throw new AssertionError("no default for " + setting);
        }
        return value;
    }

    private void readMappings() throws IOException {
        try (URLClassLoader loader =
                new URLClassLoader(jars.stream().map(ServicePackage::url).toArray(URL[]::new))) {
            for (Path jar : jars) {
                for (AnnotationInstance mapping : index(jar).getAnnotations(MAPPING)) {
                    ClassInfo mapped = mapping.target().asClass();
                    if (!isReadAtRunTime(mapped)) {
                        continue;
                    }
                    Class<?> type = loader.loadClass(mapped.name().toString());
                    ConfigMappings.getProperties(ConfigClass.configClass(type))
                            .forEach((name, property) -> known.put(name, defaultOf(property)));
                }
            }
        } catch (ClassNotFoundException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Quarkus reads others in its build only. */
    private static boolean isReadAtRunTime(ClassInfo mapped) {
        AnnotationInstance root = mapped.declaredAnnotation(QUARKUS_ROOT);
        return root == null
                || root.value("phase") != null && root.value("phase").asEnum().equals("RUN_TIME");
    }

    private void readOwnSettings() throws IOException {
        for (Path path : jars) {
            try (JarFile jar = new JarFile(path.toFile())) {
                for (String file : OWN_SETTINGS) {
                    if (path.getFileName().toString().contains("minigpt") && jar.getEntry(file) != null) {
                        Properties properties = new Properties();
                        properties.load(
                                new InputStreamReader(jar.getInputStream(jar.getEntry(file)), StandardCharsets.UTF_8));
                        properties.stringPropertyNames().forEach(name -> known.put(name, properties.getProperty(name)));
                    }
                }
            }
        }
    }

    /** The mappings of our own classes and of Quarkus. */
    private static Index index(Path path) throws IOException {
        Indexer indexer = new Indexer();
        String name = path.getFileName().toString();
        if (name.contains("minigpt") || name.startsWith("io.quarkus.quarkus-")) {
            try (JarFile jar = new JarFile(path.toFile())) {
                List<String> classes = new ArrayList<>();
                jar.stream()
                        .map(entry -> entry.getName())
                        .filter(entry -> entry.endsWith("Config.class"))
                        .forEach(classes::add);
                for (String type : classes) {
                    try (InputStream content = jar.getInputStream(jar.getEntry(type))) {
                        indexer.index(content);
                    }
                }
            }
        }
        return indexer.complete();
    }

    private static String defaultOf(Property property) {
        return property.hasDefaultValue() && property.getDefaultValue() != null ? property.getDefaultValue() : "";
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
