package io.minigpt.tokenization.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.tokenization.RecordContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Forms in which other tools take question-answer pairs, one JSON object a line. */
enum PairFormat {
    /** {@code {"question", "answer"}}. */
    PLAIN {
        @Override
        Map<String, Object> line(RecordContent.Pair pair) {
            return ordered("question", pair.question(), "answer", pair.answer());
        }
    },
    /** Stanford Alpaca's {@code {"instruction", "input", "output"}}. */
    ALPACA {
        @Override
        Map<String, Object> line(RecordContent.Pair pair) {
            Map<String, Object> line = ordered("instruction", pair.question(), "input", "");
            line.put("output", pair.answer());
            return line;
        }
    },
    /** ShareGPT's {@code {"conversations": [{"from", "value"}, ...]}}. */
    SHAREGPT {
        @Override
        Map<String, Object> line(RecordContent.Pair pair) {
            return Map.of(
                    "conversations",
                    List.of(
                            ordered("from", "human", "value", pair.question()),
                            ordered("from", "gpt", "value", pair.answer())));
        }
    };

    abstract Map<String, Object> line(RecordContent.Pair pair);

    static PairFormat of(String name) {
        return switch (name) {
            case "plain" -> PLAIN;
            case "alpaca" -> ALPACA;
            case "sharegpt" -> SHAREGPT;
            default -> throw new InvalidRequestException("format '" + name + "' is not plain, alpaca or sharegpt");
        };
    }

    private static Map<String, Object> ordered(String first, Object one, String second, Object other) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put(first, one);
        line.put(second, other);
        return line;
    }
}
