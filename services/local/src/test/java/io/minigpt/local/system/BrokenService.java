package io.minigpt.local.system;

/** Takes the place of a service that cannot start. */
public final class BrokenService {
    private BrokenService() {}

    public static void main(String[] arguments) {
        System.out.println("INFO starting");
        System.out.println("ERROR minigpt.corpus.batch: must be at least 1");
        System.exit(1);
    }
}
