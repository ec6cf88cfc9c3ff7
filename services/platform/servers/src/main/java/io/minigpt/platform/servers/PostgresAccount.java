package io.minigpt.platform.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The account that PostgreSQL runs under. PostgreSQL refuses to run as root, so root gives up its name first: in a
 * user namespace where the kernel allows one, otherwise as {@code nobody}.
 */
enum PostgresAccount {
    /** The caller is an ordinary user. */
    CALLER,
    /** The caller is root; the server sees itself as another user, the files stay root's. */
    ROOT_IN_NAMESPACE,
    /** The caller is root; server and data folder become {@code nobody}'s. */
    NOBODY;

    private static final int ROOT_ID = 0;
    private static final int NOBODY_ID = 65_534;

    private static final List<String> PLAIN_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY_ID, "--regid=" + NOBODY_ID, "--clear-groups");
    private static final String REACH_FOLDERS = "-all,+dac_override";

    static PostgresAccount available() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return CALLER;
        }
        return succeeds(List.of("unshare", "--user", "true")) ? ROOT_IN_NAMESPACE : NOBODY;
    }

    /** What stands before the command line of each of PostgreSQL's programs. */
    List<String> prefix() {
        return switch (this) {
            case CALLER -> List.of();
            case ROOT_IN_NAMESPACE -> List.of("unshare", "--user");
            case NOBODY -> reachingNobody();
        };
    }

    /** Gives {@code path}, and all that is below it, to this account if it belongs to another one. */
    void own(Path path) throws IOException {
        switch (this) {
            case CALLER -> {
                // what the caller makes is the caller's
            }
            case ROOT_IN_NAMESPACE -> FileTree.own(path, ROOT_ID);
            case NOBODY -> FileTree.own(path, NOBODY_ID);
        }
    }

    /** Whether this account can keep its data in {@code folder}. */
    boolean canUse(Path folder) {
        return succeeds(join(prefix(), List.of("ls", folder.toString())));
    }

    /** Whether this account can run the programs in {@code folder}. */
    boolean canRun(Path folder) {
        // access(2), by which PostgreSQL looks for its own program, does not count capabilities
        List<String> prefix = this == NOBODY ? PLAIN_NOBODY : prefix();
        return succeeds(join(prefix, List.of("ls", folder.toString())));
    }

    private static List<String> reachingNobody() {
        // a data folder may lie below a home directory that is closed to others
        List<String> reaching =
                join(PLAIN_NOBODY, List.of("--inh-caps=" + REACH_FOLDERS, "--ambient-caps=" + REACH_FOLDERS));
        return succeeds(join(reaching, List.of("true"))) ? reaching : PLAIN_NOBODY;
    }

    private static List<String> join(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static boolean succeeds(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
