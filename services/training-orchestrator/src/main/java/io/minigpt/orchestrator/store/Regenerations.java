package io.minigpt.orchestrator.store;

import io.minigpt.orchestrator.PipelineSpec;
import io.minigpt.orchestrator.Presets;
import io.minigpt.orchestrator.Regeneration;
import io.minigpt.orchestrator.RegenerationAdmission;
import io.minigpt.platform.Ids;
import io.minigpt.proto.dataset.v1.RegenerationRequested;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Turns requests to regenerate into pipeline runs. Requests for the same thing take turns, and one that comes while a
 * run does just that joins the run.
 */
@ApplicationScoped
public class Regenerations {

    private static final Logger LOG = Logger.getLogger(Regenerations.class);

    private final Pipelines pipelines;
    private final HistoryStore history;
    private final VersionStore versions;
    private final Presets presets;

    Regenerations(Pipelines pipelines, HistoryStore history, VersionStore versions, Presets presets) {
        this.pipelines = pipelines;
        this.history = history;
        this.versions = versions;
        this.presets = presets;
    }

    /**
     * Starts a run whose id is the request's, or joins one.
     *
     * @param cause id of the event that asked
     * @throws io.minigpt.platform.InvalidRequestException naming the property that is malformed
     */
    public void request(Handle transaction, String id, RegenerationRequested request, String cause) {
        RegenerationAdmission admission =
                new RegenerationAdmission(history.at(transaction), versions.corpora(transaction), presets);
        RegenerationAdmission.Decision decision = admission.decide(request);
        if (decision.refusal().isPresent()) {
            pipelines.refuse(
                    transaction, id, decision.spec(), decision.refusal().get(), cause);
            return;
        }
        String content = content(decision.spec());
        takeTurn(transaction, content);
        Optional<String> running = running(transaction, content);
        if (running.isPresent()) {
            LOG.infof("regeneration %s asks for what run %s does; it joins it", id, running.get());
        } else {
            pipelines.start(transaction, id, decision.spec(), cause);
        }
        note(transaction, id, running.orElse(id), content);
    }

    /** What a run does, who asks and why aside: equal for requests that ask for the same. */
    private static String content(PipelineSpec spec) {
        Regeneration regeneration = spec.regeneration().orElseThrow();
        return Ids.of(
                spec.name(),
                spec.corpus(),
                Long.toString(spec.corpusRevision()),
                regeneration.goal().name(),
                Boolean.toString(regeneration.dryRun()),
                regeneration.prompt(),
                spec.teacher(),
                Boolean.toString(regeneration.teacher().isEmpty()),
                Long.toString(spec.maxGenerated()),
                Integer.toString(spec.curatedRepeat()),
                spec.template(),
                String.join("\n", spec.evaluationSets()),
                String.join("\n", regeneration.documentIds()));
    }

    private static void takeTurn(Handle transaction, String content) {
        transaction
                .createQuery("select pg_advisory_xact_lock(hashtextextended(:content, 0))::text")
                .bind("content", "regeneration/" + content)
                .mapTo(String.class)
                .one();
    }

    private static Optional<String> running(Handle transaction, String content) {
        return transaction
                .createQuery("""
                        select p.id from regeneration r join pipeline_run p on p.id = r.run_id
                        where r.content = :content and p.state = 'running' limit 1
                        """)
                .bind("content", content)
                .mapTo(String.class)
                .findOne();
    }

    private static void note(Handle transaction, String id, String run, String content) {
        transaction
                .createUpdate("""
                        insert into regeneration (request_id, run_id, content) values (:id, :run, :content)
                        on conflict (request_id) do nothing
                        """)
                .bind("id", id)
                .bind("run", run)
                .bind("content", content)
                .execute();
    }
}
