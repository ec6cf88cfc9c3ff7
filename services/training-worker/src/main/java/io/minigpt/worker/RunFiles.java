package io.minigpt.worker;

/** Keys of a run's files in the artifact store. They hold run, lease and step: no lease can overwrite another's. */
public final class RunFiles {

    private RunFiles() {}

    /** Prefix of all checkpoints of a training run. */
    public static String folder(String runId) {
        return "runs/" + runId;
    }

    /** Prefix of one checkpoint. */
    public static String checkpoint(String runId, long lease, long step) {
        return folder(runId) + "/" + lease + "-" + step;
    }

    /** The lease that wrote the file with this key. */
    public static long leaseOf(String runId, String key) {
        String folder = key.substring(folder(runId).length() + 1);
        return Long.parseLong(folder.substring(0, folder.indexOf('-')));
    }

    /** Answers of an evaluation. Each lease of a run writes its own. */
    public static String answers(String runId, long lease) {
        return "evaluations/" + runId + "/" + lease + "/answers.jsonl";
    }
}
