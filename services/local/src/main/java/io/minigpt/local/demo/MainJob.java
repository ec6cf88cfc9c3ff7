package io.minigpt.local.demo;

import io.minigpt.local.Refusal;
import io.minigpt.local.demo.PipelineRun.Step;
import io.minigpt.local.system.Installation;
import io.minigpt.local.system.Service;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** From a file of documents to a served model, through the console's public interface, with progress and a report. */
public final class MainJob {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(120);
    private static final int REJECTIONS_SHOWN = 5;

    private final Installation installation;
    private final ConsoleClient console;
    private final PrintStream out;

    public MainJob(Installation installation, PrintStream out) {
        this.installation = installation;
        this.console = new ConsoleClient(installation.address(Service.CONSOLE));
        this.out = out;
    }

    /**
     * Does the job, or goes on with it when a run of that name is under way.
     *
     * @param request what to do; the corpus revision is filled in
     * @param documents JSON lines
     * @param questions JSON lines, or {@code null} for none
     * @throws Refusal if a file cannot be used, a step fails or the system stops answering
     */
    public void run(PipelineRequest request, Path documents, Path questions) throws InterruptedException {
        try {
            Optional<PipelineRun> underWay = console.running(request.name());
            PipelineRun run = underWay.isPresent() ? underWay.get() : begin(request, documents, questions);
            out.println((underWay.isPresent() ? "Following the run " : "Started the run ") + run.id() + ".");
            PipelineRun ended = follow(run);
            if (!ended.isSucceeded()) {
                throw Refusal.failed(misfortune(ended));
            }
            new Report(installation, console, ended, questions).write(out);
        } catch (IOException failure) {
            throw Refusal.failed(sentence(failure), failure);
        }
    }

    private PipelineRun begin(PipelineRequest request, Path documents, Path questions)
            throws IOException, InterruptedException {
        long revision = load(request.corpus(), "documents", documents);
        if (questions != null) {
            revision = load(request.corpus(), "questions", questions);
        }
        return console.start(request.withRevision(revision));
    }

    private long load(String corpus, String kind, Path file) throws IOException, InterruptedException {
        if (!Files.isReadable(file)) {
            throw Refusal.notPossible("The file " + file + " does not exist or cannot be read.");
        }
        ImportResult result = console.load(corpus, kind, file);
        out.printf(
                "Imported %s: %,d new %s, %,d already there, %,d skipped, %,d refused.%n",
                file.getFileName(), result.accepted(), kind, result.duplicates(), result.skipped(), result.rejected());
        result.rejections().stream()
                .limit(REJECTIONS_SHOWN)
                .forEach(rejection -> out.printf("  line %d: %s%n", rejection.line(), rejection.reason()));
        if (result.rejections().size() > REJECTIONS_SHOWN) {
            out.println("  and more");
        }
        if (result.accepted() + result.duplicates() == 0) {
            throw Refusal.failed("No line of " + file + " could be used.");
        }
        return result.revision();
    }

    private PipelineRun follow(PipelineRun started) throws IOException, InterruptedException {
        ProgressView view = Terminal.width().isPresent()
                ? new TerminalProgress(out, Terminal.width().getAsInt())
                : new PlainProgress(out);
        PipelineRun run = started;
        Instant heard = Instant.now();
        view.show(run, heard);
        while (run.isRunning()) {
            Thread.sleep(POLL);
            try {
                run = console.run(run.id());
                heard = Instant.now();
                view.show(run, heard);
            } catch (IOException failure) {
                // a service may be restarted meanwhile, and the run goes on
                boolean lasting = failure instanceof UnexpectedAnswerException answer && !answer.mayPass();
                if (lasting || heard.plus(SILENCE_LIMIT).isBefore(Instant.now())) {
                    throw failure;
                }
            }
        }
        return run;
    }

    private static String misfortune(PipelineRun run) {
        String general = "The run " + run.id() + " ended as " + run.state()
                + (run.reason() == null ? "." : ": " + ended(run.reason()));
        return run.failedStep().map(MainJob::misfortune).orElse(general);
    }

    private static String misfortune(Step step) {
        String reason = step.reason() == null ? "no reason was given; see the logs." : step.reason();
        return "The step " + step.name() + " failed: " + ended(reason);
    }

    private static String ended(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static String sentence(IOException failure) {
        return failure instanceof UnexpectedAnswerException
                ? failure.getMessage()
                : "The console does not answer (" + failure + "): look at \"make status\" and \"make logs\".";
    }
}
