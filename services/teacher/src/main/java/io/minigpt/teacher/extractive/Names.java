package io.minigpt.teacher.extractive;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The places of a question that must stay as they are: titles and quoted names. */
record Names(List<MatchResult> places) {

    private static final Pattern NAME = Pattern.compile("《[^《》]*》|“[^“”]*”|「[^「」]*」|『[^『』]*』");

    static Names in(String question) {
        return new Names(NAME.matcher(question).results().toList());
    }

    boolean overlap(int start, int end) {
        return places.stream().anyMatch(name -> start < name.end() && name.start() < end);
    }
}
