package io.minigpt.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Kafka's own console producer, as a process of its own: it reads a record from its input and ends the JVM. */
final class ConsoleProducer {
    private static final String PROGRAM = "org.apache.kafka.tools.ConsoleProducer";
    private static final int LIMIT_SECONDS = 60;

    private ConsoleProducer() {}

    /** Sends one record, typed as a person would: headers, key and value with tabs between them. */
    static void send(String servers, String topic, Map<String, String> headers, String key, String value)
            throws IOException, InterruptedException {
        Process producer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PROGRAM,
                        "--bootstrap-server",
                        servers,
                        "--topic",
                        topic,
                        "--property",
                        "parse.headers=true",
                        "--property",
                        "parse.key=true")
                .redirectErrorStream(true)
                .start();
        String line = headers.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue())
                        .collect(Collectors.joining(","))
                + "\t" + key + "\t" + value + "\n";
        producer.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
        producer.getOutputStream().close();
        String said = new String(producer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(producer.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(said).isTrue();
        assertThat(producer.exitValue()).as(said).isZero();
    }
}
