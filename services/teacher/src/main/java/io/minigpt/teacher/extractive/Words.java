package io.minigpt.teacher.extractive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The word lists of the rules, from {@code words.zh.txt}, each as a group of alternatives for regular expressions. */
final class Words {

    private static final Map<String, List<String>> LISTS = read("words.zh.txt");

    static final String ADVERBS = anyOf("adverbs") + "*";
    static final String PERSON_END = anyOf("person");
    static final String PLACE_END = anyOf("place");
    static final String ORGANISATION_END = anyOf("organisation");
    static final String MAKING = anyOf("making");
    static final String STARTING_VERBS = anyOf("starting verbs");
    static final String MAIN_VERBS = anyOf("main verbs");
    static final String POINTING = anyOf("pointing");
    static final String UNITS = anyOf("units");
    static final String ATTRIBUTES = anyOf("attributes");
    static final String KINDS = anyOf("kinds");
    static final String NAMES = anyOf("names");
    static final String MEASURES = anyOf("measures");
    static final String DEEDS = anyOf("deeds");
    static final String THIS_ONE = anyOf("this one");
    static final String KINDS_OF_THINGS = anyOf("kinds of things");
    static final String BARE_NOUNS = anyOf("bare nouns");
    static final String FOUNDING = anyOf("founding");
    static final String PLACED = anyOf("placed");
    static final String LIVING = anyOf("living");
    static final String COMING = anyOf("coming");
    static final String CALLED = anyOf("called");
    static final String CLASSES = anyOf("classes");
    static final String ACTIONS = anyOf("actions");
    static final String CONTENTS = anyOf("contents");
    static final String HOLDINGS = anyOf("holdings");
    static final String NO_NAMES = anyOf("no names");
    static final String NO_NAME_ENDS = anyOf("no name ends");
    static final String PARTS = anyOf("parts");
    static final String MEASURED_PARTS = anyOf("measured parts");
    static final String COUNTERS = anyOf("counters");
    static final String COUNTING = anyOf("counting");

    private Words() {}

    private static String anyOf(String list) {
        return "(?:" + String.join("|", LISTS.get(list)) + ")";
    }

    private static Map<String, List<String>> read(String resource) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : text(resource).lines().toList()) {
            // a list's name is all letters; an entry may begin with a bracket of its own
            if (line.matches("\\[[a-z ]+]")) {
                current = new ArrayList<>();
                lists.put(line.substring(1, line.length() - 1), current);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                current.addAll(List.of(line.strip().split(" +")));
            }
        }
        return lists;
    }

    private static String text(String resource) {
        try (InputStream in = Words.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the word list " + resource + " cannot be read from the jar", e);
        }
    }
}
