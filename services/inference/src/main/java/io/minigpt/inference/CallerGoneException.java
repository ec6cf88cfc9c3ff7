package io.minigpt.inference;

/** Whoever asked has gone away; nobody hears of it. */
public class CallerGoneException extends RuntimeException {

    public CallerGoneException() {
        super("the caller has gone away");
    }
}
