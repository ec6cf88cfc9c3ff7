package io.minigpt.tokenization.jobs;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobHandler;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.tokenization.DatasetPlan;
import io.minigpt.tokenization.Freeze;
import io.minigpt.tokenization.NamedTemplate;
import io.minigpt.tokenization.PretrainingPlan;
import io.minigpt.tokenization.Purpose;
import io.minigpt.tokenization.RecordSnapshot;
import io.minigpt.tokenization.SftPlan;
import io.minigpt.tokenization.Split;
import io.minigpt.tokenization.SplitRule;
import io.minigpt.tokenization.Templates;
import io.minigpt.tokenization.TokenizationConfig;
import io.minigpt.tokenization.files.DatasetFiles;
import io.minigpt.tokenization.files.DatasetWriter;
import io.minigpt.tokenization.files.Manifest;
import io.minigpt.tokenization.files.PlannedEntries;
import io.minigpt.tokenization.store.DatasetRecords;
import io.minigpt.tokenization.store.FreezeStore;
import io.minigpt.tokenization.store.RecordStore;
import io.minigpt.tokenization.store.VersionStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Freezes one version: plans and writes it from one snapshot of the record table into a work folder, then seals it. A
 * repetition starts again from the beginning; nothing of an earlier attempt is visible.
 */
@ApplicationScoped
class FreezeJob implements JobHandler {

    static final String KIND = "freeze";

    private final Database database;
    private final RecordStore records;
    private final FreezeStore freezes;
    private final DatasetRecords datasetRecords;
    private final VersionStore versions;
    private final Sealing sealing;
    private final FreezeEvents events;
    private final Templates templates;
    private final TokenizationConfig config;

    FreezeJob(
            Database database,
            RecordStore records,
            FreezeStore freezes,
            DatasetRecords datasetRecords,
            VersionStore versions,
            Sealing sealing,
            FreezeEvents events,
            Templates templates,
            TokenizationConfig config) {
        this.database = database;
        this.records = records;
        this.freezes = freezes;
        this.datasetRecords = datasetRecords;
        this.versions = versions;
        this.sealing = sealing;
        this.events = events;
        this.templates = templates;
        this.config = config;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int slots() {
        return config.freezes();
    }

    @Override
    public void run(JobLease lease) throws IOException {
        Freeze freeze = database.read(transaction -> {
            Freeze found =
                    freezes.find(transaction, lease.job().id()).orElseThrow().freeze();
            versions.purpose(transaction, found.name()).ifPresent(purpose -> Sealing.requirePurpose(found, purpose));
            return found;
        });
        try (WorkFolder folder = WorkFolder.create(config.workFolder(), lease)) {
            UnsealedVersion unsealed =
                    records.snapshot(freeze.selection().corpus(), snapshot -> write(lease, freeze, snapshot, folder));
            sealing.seal(lease, freeze, unsealed);
        }
    }

    @Override
    public void failed(Handle transaction, Job job, String reason) {
        datasetRecords.remove(transaction, job.id());
        freezes.finish(transaction, job.id(), "failed", reason, null);
        events.ended(transaction, job, Outcome.OUTCOME_FAILED, reason);
    }

    @Override
    public void cancelled(Handle transaction, Job job, String reason) {
        datasetRecords.remove(transaction, job.id());
        freezes.finish(transaction, job.id(), "cancelled", reason, null);
        events.ended(transaction, job, Outcome.OUTCOME_CANCELLED, reason);
    }

    private static DatasetPlan plan(Freeze freeze, RecordSnapshot snapshot, SplitRule rule) {
        try {
            return switch (freeze.purpose()) {
                case PRETRAINING -> PretrainingPlan.of(snapshot.documents(), rule);
                case SFT ->
                    SftPlan.of(
                            snapshot.pairs(),
                            snapshot.imported(freeze.selection().evaluationSets()),
                            freeze.selection(),
                            rule);
            };
        } catch (InvalidRequestException e) {
            throw new PermanentFailureException(e.getMessage(), e);
        }
    }

    private Optional<NamedTemplate> template(Freeze freeze) {
        if (freeze.purpose() == Purpose.PRETRAINING) {
            return Optional.empty();
        }
        String name = freeze.selection().template();
        return Optional.of(templates
                .find(name)
                .orElseThrow(() -> new PermanentFailureException("template '" + name + "' is not there any more")));
    }

    private UnsealedVersion write(JobLease lease, Freeze freeze, RecordSnapshot snapshot, WorkFolder folder) {
        SplitRule rule = SplitRule.STANDARD;
        DatasetPlan plan = plan(freeze, snapshot, rule);
        if (plan.records(Split.TRAIN) == 0) {
            String what = freeze.purpose() == Purpose.PRETRAINING ? "document" : "question-answer pair";
            throw new PermanentFailureException("corpus '" + freeze.selection().corpus() + "' has no active " + what
                    + " for the training split of dataset '" + freeze.name() + "'; import some first");
        }
        Optional<NamedTemplate> template = template(freeze);
        Progress progress = new Progress(
                lease, freezes, datasetRecords, events, plan.entries().size(), config.progressInterval());
        progress.started(freeze);
        try {
            DatasetFiles files = new DatasetWriter(
                            folder.path(), config.threads(), Manifest.form(freeze, template), progress)
                    .write(new PlannedEntries(plan, snapshot, config.batch()), plan.evaluationSets());
            return new UnsealedVersion(
                    plan,
                    files,
                    Manifest.of(freeze, template, rule, plan, files),
                    snapshot.inputs(freeze.purpose()),
                    template);
        } catch (IOException e) {
            throw new UncheckedIOException("writing dataset '" + freeze.name() + "': " + e.getMessage(), e);
        }
    }
}
