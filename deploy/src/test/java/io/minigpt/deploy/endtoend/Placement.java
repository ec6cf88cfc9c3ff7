package io.minigpt.deploy.endtoend;

import io.minigpt.local.system.Service;
import io.minigpt.platform.servers.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where things are on this machine that are elsewhere in a cluster: addresses and folders, and nothing else. */
final class Placement {
    private static final Pattern ADDRESS = Pattern.compile("\\b([a-z][a-z-]*):(\\d{4})\\b");

    private final Path home;
    private final Path repository;
    private final Map<String, Integer> ports = new LinkedHashMap<>();

    Placement(Path home, Path repository) {
        this.home = home;
        this.repository = repository;
        try {
            for (String store : new String[] {"kafka", "kafka-controller", "postgres"}) {
                ports.put(store, LoopbackPort.free());
            }
            for (Service service : Service.values()) {
                ports.put(service.label(), LoopbackPort.free());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port(String name) {
        return ports.get(name);
    }

    Path home() {
        return home;
    }

    Path repository() {
        return repository;
    }

    /** A value of the manifests as it reads here. */
    String here(String value) {
        String folders = value;
        for (Map.Entry<String, Path> folder : folders().entrySet()) {
            if (value.startsWith(folder.getKey())) {
                folders = folder.getValue() + value.substring(folder.getKey().length());
            }
        }
        return ADDRESS.matcher(folders)
                .replaceAll(found -> Matcher.quoteReplacement(
                        ports.containsKey(found.group(1))
                                ? LoopbackPort.ADDRESS + ":" + ports.get(found.group(1))
                                : found.group()));
    }

    private Map<String, Path> folders() {
        return Map.of(
                "/var/lib/minigpt", home,
                "/opt/minigpt/config", repository.resolve("config"),
                "/tmp", home.resolve("tmp"));
    }
}
