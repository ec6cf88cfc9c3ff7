package io.minigpt.corpus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes a batch of lines. Without a state of its own: several threads may use one. */
final class LineParser<C extends Candidate> {

    private static final int EXCERPT_BYTES = 480;
    private static final int EXCERPT = 120;
    private static final int REASON = 500;

    private final CorpusName corpus;
    private final LineFormat<C> format;
    private final StrictJson json;
    private final int maxLine;

    LineParser(CorpusName corpus, LineFormat<C> format, StrictJson json, int maxLine) {
        this.corpus = corpus;
        this.format = format;
        this.json = json;
        this.maxLine = maxLine;
    }

    /** @param end where the last of the lines ends */
    Batch<C> parse(List<Line> lines, Position end) {
        List<C> candidates = new ArrayList<>(lines.size());
        List<Rejection> rejections = new ArrayList<>();
        long skipped = 0;
        for (Line line : lines) {
            if (line instanceof Line.Content content && content.isBlank()) {
                skipped++;
                continue;
            }
            try {
                candidates.add(read(line));
            } catch (RefusedLineException e) {
                rejections.add(new Rejection(
                        line.number(), e.reason().code(), storable(e.getMessage(), REASON), excerpt(line)));
            }
        }
        return new Batch<>(candidates, rejections, skipped, end);
    }

    private C read(Line line) throws RefusedLineException {
        return switch (line) {
            case Line.TooLong tooLong ->
                throw new RefusedLineException(RejectReason.LINE_TOO_LONG, "longer than " + maxLine + " bytes");
            case Line.Content(long number, byte[] bytes) -> format.read(corpus, json.object(bytes, format.fields()));
        };
    }

    private static String excerpt(Line line) {
        byte[] bytes = line.bytes();
        return storable(new String(bytes, 0, Math.min(bytes.length, EXCERPT_BYTES), StandardCharsets.UTF_8), EXCERPT);
    }

    /** The beginning of a text, without what neither a database nor JSON can hold. */
    private static String storable(String text, int max) {
        String valid =
                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
        return valid.codePointCount(0, valid.length()) <= max
                ? valid
                : valid.substring(0, valid.offsetByCodePoints(0, max)) + "…";
    }
}
