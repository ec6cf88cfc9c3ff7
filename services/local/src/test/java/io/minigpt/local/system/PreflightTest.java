package io.minigpt.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.local.system.Preflight.Machine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    private static final Machine GOOD = new Machine("Linux", "amd64", 25, 50L << 30);

    @TempDir
    Path folder;

    private Installation installation;

    @BeforeEach
    void prepare() throws IOException {
        installation = StandInRepository.in(folder, 0);
    }

    @Test
    void isContentWithAGoodMachine() {
        assertThat(new Preflight(installation, GOOD).complaints()).isEmpty();
    }

    @Test
    void complainsAboutAnotherKindOfMachine() {
        // Given
        Machine machine = new Machine("Mac OS X", "aarch64", 25, 50L << 30);

        // When, Then
        assertThat(new Preflight(installation, machine).complaints())
                .containsExactly("The local system runs on Linux x86-64 only; this is Mac OS X aarch64.");
    }

    @Test
    void complainsAboutAnOldJava() {
        // Given
        Machine machine = new Machine("Linux", "amd64", 21, 50L << 30);

        // When, Then
        assertThat(new Preflight(installation, machine).complaints())
                .containsExactly("Java 21 is too old: set JAVA_HOME to a JDK 25 or newer.");
    }

    @Test
    void complainsAboutAFullDisk() {
        // Given
        Machine machine = new Machine("Linux", "amd64", 25, 1L << 30);

        // When, Then
        assertThat(new Preflight(installation, machine).complaints())
                .singleElement()
                .asString()
                .startsWith("Only 1.0 GiB are free where " + installation.home().folder()
                        + " lies: make at least 2 GiB free");
    }

    @Test
    void complainsAboutAFolderThatCannotBeMade() throws Exception {
        // Given: a file stands where the folder is to be
        Files.writeString(installation.home().folder(), "");

        // When, Then
        assertThat(new Preflight(installation, GOOD).complaints())
                .containsExactly("The folder " + installation.home().folder()
                        + " cannot be written to: allow it or set MINIGPT_HOME to another folder.");
    }

    @Test
    void complainsAboutProgramsThatAreNotBuilt() throws Exception {
        // Given
        Files.delete(installation.program(Service.CORPUS));
        Files.delete(installation.program(Service.CONSOLE));

        // When, Then
        assertThat(new Preflight(installation, GOOD).complaints())
                .containsExactly("Not built: corpus, console. Run \"make build\".");
    }

    @Test
    void complainsAboutATakenPort() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            // When, Then
            assertThat(Preflight.complaintsAbout(Map.of(other.getLocalPort(), "console")))
                    .containsExactly(
                            "Port " + other.getLocalPort() + ", which console needs, is taken by another program:"
                                    + " stop it or set MINIGPT_PORT_OFFSET.");
        }
    }
}
