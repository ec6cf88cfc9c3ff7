package io.minigpt.worker.device;

import io.minigpt.gpt.DivergedException;
import io.minigpt.gpt.Generator;
import io.minigpt.gpt.checkpoint.CorruptCheckpointException;
import io.minigpt.gpt.configuration.Dtype;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.gpt.data.TokenFile;
import io.minigpt.gpt.torch.DeviceMemoryException;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.artifacts.DamagedArtifactException;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.training.v1.Stage;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.minigpt.proto.training.v1.TrainingStarted;
import io.minigpt.worker.EvaluationItem;
import io.minigpt.worker.EvaluationJournal;
import io.minigpt.worker.EvaluationPlan;
import io.minigpt.worker.EvaluationRun;
import io.minigpt.worker.EvaluationSets;
import io.minigpt.worker.LanguageModel;
import io.minigpt.worker.Offer;
import io.minigpt.worker.RecordSearch;
import io.minigpt.worker.RecordSearches;
import io.minigpt.worker.RunDevice;
import io.minigpt.worker.TrainedTemplate;
import io.minigpt.worker.TrainingJournal;
import io.minigpt.worker.TrainingPlan;
import io.minigpt.worker.TrainingRun;
import io.minigpt.worker.WorkerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;

/** Runs on libtorch, each on a thread of its own. What trying again cannot help is told as such. */
@ApplicationScoped
class TorchRunDevice implements RunDevice {

    private final TorchDevice torch;
    private final ArtifactStore artifacts;
    private final RecordSearches records;
    private final WorkerConfig config;

    TorchRunDevice(TorchDevice torch, ArtifactStore artifacts, RecordSearches records, WorkerConfig config) {
        this.torch = torch;
        this.artifacts = artifacts;
        this.records = records;
        this.config = config;
    }

    @Override
    public Offer offer() {
        return torch.offer();
    }

    @Override
    public void train(TrainingPlan plan, TrainingJournal journal, LongConsumer progress) throws Exception {
        onThread("training", () -> {
            try (RunFolder folder =
                    new RunFolder(config.scratch(), plan.request().getRunId())) {
                train(plan, journal, progress, folder);
            }
            return null;
        });
    }

    @Override
    public void evaluate(EvaluationPlan plan, EvaluationJournal journal, LongConsumer progress) throws Exception {
        onThread("evaluation", () -> {
            try (RunFolder folder =
                    new RunFolder(config.scratch(), plan.request().getRunId())) {
                evaluate(plan, journal, progress, folder);
            }
            return null;
        });
    }

    private void train(TrainingPlan plan, TrainingJournal journal, LongConsumer progress, RunFolder folder)
            throws IOException {
        TrainingConfiguration training =
                torch.choose(plan.training(), plan.request().getCpuAllowed());
        TorchDevice.Description device = torch.prepare(training.device(), training.dtype());
        CheckpointExaminer examiner = new CheckpointExaminer(plan, training, artifacts);
        DatasetFiles files = new DatasetFiles(artifacts, plan.request().getDataset());
        Map<String, String> provenance = provenance(plan.request());
        TrainerStart start = TrainerStart.of(plan, training, journal.checkpoints(), artifacts, folder);
        try (TrainingData data = data(start, files, plan);
                TrainerSession session = new TrainerSession(
                        start.trainer(), data, examiner, device, torch.peakFlops(device), provenance)) {
            new TrainingRun(plan, session, start.resumed(), journal, folder.path(), progress)
                    .run(
                            TrainingStarted.newBuilder(),
                            TrainingFinished.newBuilder()
                                    .setEngine(device.engine())
                                    .setCodeVersion(config.codeVersion()));
        }
    }

    private static TrainingData data(TrainerStart start, DatasetFiles files, TrainingPlan plan) throws IOException {
        try {
            return new TrainingData(files, plan, start.trainer().model());
        } catch (IOException | RuntimeException e) {
            start.trainer().close();
            throw e;
        }
    }

    private void evaluate(EvaluationPlan plan, EvaluationJournal journal, LongConsumer progress, RunFolder folder)
            throws IOException {
        String device = torch.choose("auto");
        torch.prepare(device, Dtype.AUTO);
        Path model = folder.link("model", artifacts, plan.request().getVersion().getFilesList());
        try (Generator generator = GptLanguageModel.load(model, device)) {
            List<EvaluationItem> items =
                    EvaluationSets.read(artifacts, plan, generator.checkpoint().template());
            if (plan.request().getDataset().getKind() != DatasetKind.DATASET_KIND_PRETRAINING) {
                evaluate(
                        plan,
                        items,
                        new GptLanguageModel(generator, plan, Optional.empty()),
                        journal,
                        progress,
                        folder);
                return;
            }
            // only running text is scored as a whole; pairs are asked one by one
            DatasetFiles files = new DatasetFiles(artifacts, plan.request().getDataset());
            try (TokenFile validation = files.tokens("val")) {
                LanguageModel reader = new GptLanguageModel(generator, plan, Optional.of(validation));
                evaluate(plan, items, reader, journal, progress, folder);
            }
        }
    }

    private void evaluate(
            EvaluationPlan plan,
            List<EvaluationItem> items,
            LanguageModel model,
            EvaluationJournal journal,
            LongConsumer progress,
            RunFolder folder)
            throws IOException {
        RecordSearch search = records.in(plan.request().getDataset());
        new EvaluationRun(plan, items, model, search, journal, progress)
                .run(folder.path().resolve("answers.jsonl"));
    }

    private static Map<String, String> provenance(TrainingRequested request) {
        Map<String, String> provenance = new TreeMap<>();
        provenance.put("run", request.getRunId());
        provenance.put("model", request.getModel());
        provenance.put("stage", request.getStage().getValueDescriptor().getName());
        provenance.put(
                "dataset",
                request.getDataset().getName() + ":" + request.getDataset().getVersion());
        provenance.put("dataset_identity", request.getDataset().getIdentity());
        if (request.hasBase()) {
            provenance.put(
                    "base",
                    request.getBase().getModel() + ":" + request.getBase().getVersion());
        }
        if (request.getStage() == Stage.STAGE_SFT) {
            provenance.putAll(TrainedTemplate.of(request.getDataset()).provenance());
        }
        return provenance;
    }

    private static void onThread(String name, Callable<Void> work) throws Exception {
        try {
            DeviceThread.run(name, work);
        } catch (DivergedException
                | DeviceMemoryException
                | CorruptCheckpointException
                | DamagedArtifactException
                | IllegalArgumentException e) {
            throw new PermanentFailureException(e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new PermanentFailureException("the file " + e.getFile() + " is missing", e);
        }
    }
}
