package io.minigpt.platform.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with all that is in it. */
public final class FileTree {
    private FileTree() {}

    /** Deletes {@code folder}; one that does not exist is fine. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (Path path : list(folder).sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
        }
    }

    /** Gives every file to the user and group with the id {@code owner}, unless {@code folder} is theirs already. */
    static void own(Path folder, int owner) throws IOException {
        if (Integer.valueOf(owner).equals(Files.getAttribute(folder, "unix:uid"))) {
            return;
        }
        // the folder itself comes last: as long as it is another's, an interrupted change starts again
        for (Path path : list(folder).sorted(Comparator.reverseOrder()).toList()) {
            Files.setAttribute(path, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static Stream<Path> list(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return List.copyOf(tree.toList()).stream();
        }
    }
}
