package io.minigpt.data.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * JSON lines with documents of 100 to 2,000 Chinese characters, about 3 KB each, all different, the same for the same
 * size. Characters are drawn as in a language: few often, most seldom.
 */
final class GeneratedLines {

    private static final int FIRST_CHARACTER = 0x4E00;
    private static final int CHARACTERS = 4000;
    private static final int SHORTEST = 100;
    private static final int LONGEST = 2000;
    private static final int SENTENCE = 25;

    private GeneratedLines() {}

    /** Writes at least so many bytes. @return how many documents they hold */
    static long write(Path file, long bytes) throws IOException {
        Random random = new Random(1);
        long written = 0;
        long documents = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            while (written < bytes) {
                byte[] line = line(documents++, random);
                out.write(line);
                written += line.length;
            }
        }
        return documents;
    }

    static byte[] line(long number, Random random) {
        int length = SHORTEST + random.nextInt(LONGEST - SHORTEST + 1);
        StringBuilder line = new StringBuilder(length + 64);
        line.append("{\"id\": \"d")
                .append(number)
                .append("\", \"title\": \"文")
                .append(number)
                .append("\", \"text\": \"");
        for (int i = 1; i <= length; i++) {
            if (i % SENTENCE == 0) {
                line.append('。');
            } else {
                double drawn = random.nextDouble();
                line.append((char) (FIRST_CHARACTER + (int) (CHARACTERS * drawn * drawn * drawn)));
            }
        }
        return line.append("\"}\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
