package io.minigpt.inference;

import io.minigpt.gpt.text.StopStrings;
import io.minigpt.proto.event.v1.Artifact;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Models that say what their files tell them: each file's name is a piece of every answer. A file named {@code damaged}
 * cannot be loaded. A question that contains {@code wait} is answered a piece at a time, one for each {@link #permit}.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class ScriptedModels implements ModelLoader {

    private static final String WARM_UP = GenerationRequest.warmUp().prompt().text();

    private final Semaphore permits = new Semaphore(0);
    private final List<VersionId> loads = new CopyOnWriteArrayList<>();
    private final Set<VersionId> inMemory = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<GenerationRequest> begun = new LinkedBlockingQueue<>();
    private final BlockingQueue<FinishReason> ended = new LinkedBlockingQueue<>();

    /** A version with an answer. */
    public static ServableVersion version(VersionId id, Stage stage, String... pieces) {
        List<Artifact> files = Arrays.stream(pieces)
                .map(piece -> Artifact.newBuilder().setName(piece).build())
                .toList();
        return new ServableVersion(id, stage, files, Instant.EPOCH);
    }

    /** Every load so far. */
    public List<VersionId> loads() {
        return loads;
    }

    /** What is in memory. */
    public Set<VersionId> inMemory() {
        return inMemory;
    }

    /** Requests that a model has begun with. */
    public BlockingQueue<GenerationRequest> begun() {
        return begun;
    }

    /** How they ended. */
    public BlockingQueue<FinishReason> ended() {
        return ended;
    }

    /** Lets a waiting model say so many more pieces. */
    public void permit(int pieces) {
        permits.release(pieces);
    }

    /** Forgets what happened so far, but not what is loaded. */
    public void forget() {
        permits.drainPermits();
        loads.clear();
        begun.clear();
        ended.clear();
    }

    @Override
    public LanguageModel load(ServableVersion version) throws IOException {
        List<String> pieces = version.files().stream().map(Artifact::getName).toList();
        if (pieces.contains("damaged")) {
            throw new IOException("artifact damaged is damaged");
        }
        loads.add(version.id());
        inMemory.add(version.id());
        return new ScriptedModel(version.id(), pieces);
    }

    private final class ScriptedModel implements LanguageModel {

        private final VersionId id;
        private final List<String> pieces;

        ScriptedModel(VersionId id, List<String> pieces) {
            this.id = id;
            this.pieces = pieces;
        }

        @Override
        public GenerationResult generate(GenerationRequest request, TextSink sink) {
            if (!inMemory.contains(id)) {
                throw new IllegalStateException(id + " was closed");
            }
            String prompt = request.prompt().text();
            if (prompt.contains("too long")) {
                throw new PromptTooLongException("the question is too long");
            }
            if (!prompt.equals(WARM_UP)) {
                begun.add(request);
            }
            StopStrings stop = new StopStrings(request.stop());
            int said = 0;
            FinishReason reason = FinishReason.END_OF_TEXT;
            for (String piece : pieces) {
                if (said == request.maxTokens()) {
                    reason = FinishReason.LENGTH;
                    break;
                }
                if (prompt.contains("wait") && !awaitPermit(sink) || sink.closed()) {
                    reason = FinishReason.CANCELLED;
                    break;
                }
                pass(stop.accept(piece), sink);
                said++;
                if (stop.found()) {
                    reason = FinishReason.STOP_TEXT;
                    break;
                }
            }
            pass(stop.finish(), sink);
            if (!prompt.equals(WARM_UP)) {
                ended.add(reason);
            }
            return new GenerationResult(reason, prompt.length(), said);
        }

        @Override
        public void close() {
            inMemory.remove(id);
        }

        private static void pass(String text, TextSink sink) {
            if (!text.isEmpty()) {
                sink.text(text);
            }
        }

        private boolean awaitPermit(TextSink sink) {
            try {
                while (!permits.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                    if (sink.closed()) {
                        return false;
                    }
                }
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
