package io.minigpt.teacher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt kept in a file: a Markdown text with a section {@code ## system} and a section {@code ## user}, and
 * placeholders like {@code {{passage}}}. What stands before the first section is a remark for readers.
 *
 * @param name file name without {@code .md}, for instance {@code questions.zh}
 * @param version first 16 hexadecimal digits of the SHA-256 of the file's bytes: any change makes a new version
 * @param system instructions, the same for every call
 * @param user what is asked, with placeholders
 */
public record PromptTemplate(String name, String version, String system, String user) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");
    private static final Pattern SECTIONS =
            Pattern.compile("(?:^|.*\\n)## system\\n(.*)\\n## user\\n(.*)", Pattern.DOTALL);

    /**
     * Reads a template.
     *
     * @param placeholders the names that it has to use, each at least once, and no others
     * @throws PromptException when the file cannot be read, is not UTF-8, lacks a section or a placeholder, or has an
     *     unknown one
     */
    public static PromptTemplate load(Path file, Set<String> placeholders) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new PromptException(
                    "prompt file " + file.toAbsolutePath() + " cannot be read (" + e
                            + "); check the configured prompt folder",
                    e);
        }
        return parse(file, bytes, placeholders);
    }

    private static PromptTemplate parse(Path file, byte[] bytes, Set<String> placeholders) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .replace("\r\n", "\n");
        } catch (CharacterCodingException e) {
            throw new PromptException("prompt file " + file + " is not valid UTF-8", e);
        }
        Matcher sections = SECTIONS.matcher(text);
        if (!sections.matches()) {
            throw new PromptException(
                    "prompt file " + file + " needs a line \"## system\" and after it a line \"## user\"", null);
        }
        PromptTemplate template = new PromptTemplate(
                file.getFileName().toString().replaceFirst("\\.md$", ""),
                version(bytes),
                sections.group(1).strip(),
                sections.group(2).strip());
        template.checkPlaceholders(file, placeholders);
        return template;
    }

    /** The user part with every placeholder replaced once; what the values contain stays as it is. */
    public String userWith(Map<String, String> values) {
        return fill(user, values);
    }

    /** The system part with every placeholder replaced once. */
    public String systemWith(Map<String, String> values) {
        return fill(system, values);
    }

    private static String fill(String text, Map<String, String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalArgumentException("no value for placeholder {{" + found.group(1) + "}}");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private void checkPlaceholders(Path file, Set<String> placeholders) {
        Set<String> found = new TreeSet<>();
        PLACEHOLDER.matcher(system + "\n" + user).results().forEach(match -> found.add(match.group(1)));
        for (String name : found) {
            if (!placeholders.contains(name)) {
                throw new PromptException(
                        "prompt file " + file + " has the unknown placeholder {{" + name + "}}; known are "
                                + new TreeSet<>(placeholders),
                        null);
            }
        }
        for (String name : new TreeSet<>(placeholders)) {
            if (!found.contains(name)) {
                throw new PromptException("prompt file " + file + " lacks the placeholder {{" + name + "}}", null);
            }
        }
    }

    private static String version(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
