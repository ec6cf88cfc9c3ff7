package io.minigpt.gpt.data;

/**
 * Where the fine-tuning records stand in a token file.
 *
 * @param firstToken the index of each record's first token
 * @param tokens how many tokens each record has: prompt, answer, end token, newline
 * @param promptTokens how many of them are its prompt
 */
public record RecordTable(long[] firstToken, int[] tokens, int[] promptTokens) {
    public RecordTable {
        if (firstToken.length == 0) {
            throw new IllegalArgumentException("there is no fine-tuning record");
        }
        if (tokens.length != firstToken.length || promptTokens.length != firstToken.length) {
            throw new IllegalArgumentException("a record table with " + firstToken.length + " places, " + tokens.length
                    + " lengths and " + promptTokens.length + " prompt lengths");
        }
        for (int i = 0; i < tokens.length; i++) {
            if (firstToken[i] < 0 || promptTokens[i] < 1 || tokens[i] <= promptTokens[i]) {
                throw new IllegalArgumentException("record " + i + " at token " + firstToken[i] + " has " + tokens[i]
                        + " tokens, of which " + promptTokens[i] + " are its prompt");
            }
        }
    }

    /** The number of records. */
    public int size() {
        return firstToken.length;
    }
}
