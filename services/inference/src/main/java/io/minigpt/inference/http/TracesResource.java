package io.minigpt.inference.http;

import io.minigpt.inference.ModelCatalog;
import io.minigpt.inference.NearRecord;
import io.minigpt.inference.Trace;
import io.minigpt.inference.Traces;
import io.minigpt.inference.TrainingData;
import io.minigpt.inference.TrainingRecords;
import io.minigpt.inference.Verdict;
import io.minigpt.platform.NotFoundException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Why did it say that? */
@Path("/api/traces")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Traces")
public class TracesResource {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final Traces traces;
    private final ModelCatalog catalog;
    private final TrainingRecords records;

    TracesResource(Traces traces, ModelCatalog catalog, TrainingRecords records) {
        this.traces = traces;
        this.catalog = catalog;
        this.records = records;
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "Where an answer came from, by the id of its response",
            description = "With the training records nearest to question and answer, and a verdict: memorised (a record"
                    + " has the same answer, ROUGE-L at least 0.9), paraphrased (at least 0.5), unsupported, unknown.")
    public TraceView get(String id) throws InterruptedException {
        List<Trace> found = ID.matcher(id).matches() ? traces.find(id) : List.of();
        if (found.isEmpty()) {
            throw new NotFoundException("trace", id);
        }
        Trace first = found.getFirst();
        Optional<TrainingData> data = catalog.trainedOn(first.version());
        List<TraceView.Text> texts = new ArrayList<>();
        for (Trace trace : found) {
            texts.add(text(trace, data));
        }
        return new TraceView(
                id,
                first.version().toString(),
                data.map(TrainingData::dataset).orElse(null),
                data.map(TrainingData::version).orElse(null),
                first.at(),
                texts);
    }

    private TraceView.Text text(Trace trace, Optional<TrainingData> data) throws InterruptedException {
        if (data.isEmpty()) {
            return text(
                    trace,
                    Verdict.UNKNOWN,
                    "the registry has not told what " + trace.version() + " learned",
                    List.of());
        }
        try {
            List<NearRecord> nearest = records.nearest(data.get(), trace.prompt(), trace.answer());
            return text(trace, Verdict.of(trace.answer(), nearest), null, nearest);
        } catch (IOException e) {
            return text(trace, Verdict.UNKNOWN, e.getMessage(), List.of());
        }
    }

    private static TraceView.Text text(Trace trace, Verdict verdict, String reason, List<NearRecord> nearest) {
        return new TraceView.Text(
                trace.prompt(),
                trace.answer(),
                trace.temperature(),
                trace.seed(),
                trace.finishReason(),
                verdict.name().toLowerCase(Locale.ROOT),
                reason,
                nearest.stream().map(NearRecord::description).toList());
    }
}
