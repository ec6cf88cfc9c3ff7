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
 * The classes of a program as the JVM had loaded them, which makes later starts of the same build more than twice as
 * fast. The JVM writes the archive when the program ends (its option {@code AutoCreateSharedArchive}); it notices a
 * newer JVM by itself, but does not replace the archive of an older build, so the file's name tells the build.
 */
final class ClassArchive {
    private static final int FINGERPRINT_CHARACTERS = 16;

    private final Path folder;

    ClassArchive(Installation installation) {
        this.folder = installation.classArchives();
    }

    /**
     * JVM options that use the archive of a program, or write it when there is none.
     *
     * @param name process name
     * @param program files and folders that the program is built of
     */
    List<String> options(String name, List<Path> program) {
        String file = name + "-" + fingerprint(program) + ".jsa";
        try {
            Files.createDirectories(folder);
            removeOthers(name, file);
        } catch (IOException failure) {
            throw Refusal.failed("The folder " + folder + " cannot be used: " + failure + ".", failure);
        }
        // what the JVM says about its archive concerns nobody who reads the program's log
        return List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + folder.resolve(file),
                "-Xlog:cds*=off",
                "-Xlog:aot*=off");
    }

    private void removeOthers(String name, String current) throws IOException {
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(folder, name + "-*.jsa")) {
            for (Path archive : archives) {
                // a longer file name is that of a program whose name begins like this one's
                boolean ofThisProgram = archive.getFileName().toString().length() == current.length();
                if (ofThisProgram && !archive.endsWith(current)) {
                    Files.delete(archive);
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
