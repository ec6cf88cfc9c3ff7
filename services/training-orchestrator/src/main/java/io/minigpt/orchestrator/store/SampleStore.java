package io.minigpt.orchestrator.store;

import io.minigpt.orchestrator.CheckpointSamples;
import io.minigpt.proto.training.v1.TrainingCheckpointed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What checkpoints said, as rows. */
@ApplicationScoped
public class SampleStore {

    /** Notes what a checkpoint said, unless a higher lease has written one of that step. */
    public void checkpointed(Handle transaction, TrainingCheckpointed message) {
        for (int i = 0; i < message.getSamplesCount(); i++) {
            transaction
                    .createUpdate("""
                            insert into sample (run_id, step, position, lease, prompt, text)
                            values (:run, :step, :position, :lease, :prompt, :text)
                            on conflict (run_id, step, position) do update set
                                lease = excluded.lease, prompt = excluded.prompt, text = excluded.text
                            where excluded.lease > sample.lease
                            """)
                    .bind("run", message.getRunId())
                    .bind("step", message.getCheckpoint().getStep())
                    .bind("position", i)
                    .bind("lease", message.getLease())
                    .bind("prompt", message.getSamples(i).getPrompt())
                    .bind("text", message.getSamples(i).getText())
                    .execute();
        }
    }

    /** All of a run, in the order of its steps. */
    public List<CheckpointSamples> of(Handle transaction, String runId) {
        record Row(long step, CheckpointSamples.Sample sample) {}
        Map<Long, List<CheckpointSamples.Sample>> steps = new TreeMap<>();
        transaction
                .createQuery("select * from sample where run_id = :run order by step, position")
                .bind("run", runId)
                .map((row, context) -> new Row(
                        row.getLong("step"),
                        new CheckpointSamples.Sample(row.getString("prompt"), row.getString("text"))))
                .forEach(row -> steps.computeIfAbsent(row.step(), step -> new ArrayList<>())
                        .add(row.sample()));
        return steps.entrySet().stream()
                .map(step -> new CheckpointSamples(step.getKey(), step.getValue()))
                .toList();
    }
}
