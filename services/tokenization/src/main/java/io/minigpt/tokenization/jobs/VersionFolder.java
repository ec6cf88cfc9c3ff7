package io.minigpt.tokenization.jobs;

/** Where the files of a version are in the artifact store. Versions with the same content have the same files. */
final class VersionFolder {

    /** Part of the identity in keys; long enough to be unique among the versions of a dataset. */
    private static final int KEY_DIGITS = 16;

    private VersionFolder() {}

    static String of(String dataset, String identity) {
        return "datasets/" + dataset + "/" + identity.substring(0, KEY_DIGITS);
    }
}
