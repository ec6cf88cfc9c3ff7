package io.minigpt.local.system;

import io.minigpt.local.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes of a program as the JVM had loaded and linked them, which makes later starts of the same build more than
 * twice as fast (JEP 483, JEP 514). A JVM without a cache writes one when the program ends. It refuses the cache of
 * another build or JVM; the file's name tells the build, so that a new one is written. Without the folder, which the build
 * makes, there are no caches: writing them takes longer than a single start.
 */
final class AotCache {
    private static final int FINGERPRINT_CHARACTERS = 16;

    private final Path folder;

    AotCache(Installation installation) {
        this.folder = installation.aotCaches();
    }

    /**
     * JVM options that use the cache of a program, or write it when there is none; none without the caches' folder.
     *
     * @param name process name
     * @param program files and folders that the program is built of
     */
    List<String> options(String name, List<Path> program) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        Path cache = folder.resolve(name + "-" + fingerprint(program) + ".aot");
        try {
            removeOthers(name, cache);
        } catch (IOException failure) {
            throw Refusal.failed("The folder " + folder + " cannot be used: " + failure + ".", failure);
        }
        String use = Files.exists(cache) ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=";
        // what the JVM says about its cache concerns nobody who reads the program's log
        return List.of(use + cache, "-Xlog:cds*=off", "-Xlog:aot*=off");
    }

    private void removeOthers(String name, Path current) throws IOException {
        try (DirectoryStream<Path> caches = Files.newDirectoryStream(folder, name + "-*.aot")) {
            for (Path cache : caches) {
                // a longer file name is that of a program whose name begins like this one's
                boolean ofThisProgram = cache.getFileName().toString().length()
                        == current.getFileName().toString().length();
                if (ofThisProgram && !cache.equals(current)) {
                    Files.delete(cache);
                }
            }
        }
    }

    private static String fingerprint(List<Path> program) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path part : program) {
                for (Path file : files(part)) {
                    String line = file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file) + "\n";
                    digest.update(line.getBytes(StandardCharsets.UTF_8));
                }
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, FINGERPRINT_CHARACTERS);
        } catch (IOException failure) {
            throw Refusal.failed("The program in " + program + " cannot be read: " + failure + ".", failure);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static List<Path> files(Path part) throws IOException {
        try (Stream<Path> tree = Files.walk(part)) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
