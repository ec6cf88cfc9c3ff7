package io.minigpt.corpus;

/** What a corpus holds. */
public enum Kind {
    DOCUMENT("document"),
    QUESTION("question");

    private final String text;

    Kind(String text) {
        this.text = text;
    }

    /** Name in the database and in ids. */
    public String text() {
        return text;
    }

    /** Name in the interface. */
    public String plural() {
        return text + "s";
    }
}
