package io.minigpt.inference;

import io.minigpt.gpt.FinishReason;
import io.minigpt.gpt.GenerationListener;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.proto.event.v1.Artifact;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * Models that say what their files tell them: each file's name is a piece of every answer. A file named {@code damaged}
 * cannot be loaded. A question that contains {@code wait} is answered a piece at a time, one for each {@link #permit};
 * in the answer to one that contains {@code flood}, each piece stands {@link #FLOOD} times. A
 * file whose name begins with {@link #TEMPLATE} is no piece but the model's template of prompts.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class ScriptedModels implements ModelLoader {

    /** Tokens that a model sees. */
    public static final int CONTEXT = 512;

    /** How often a piece stands in an answer that floods its caller. */
    public static final int FLOOD = 1 << 16;

    /** What the name of a file begins with that is a template. */
    public static final String TEMPLATE = "template=";

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("scripted").factory());
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

    /** One for each piece of its answer. */
    @Override
    public long bytes(ServableVersion version) {
        return version.files().size();
    }

    @Override
    public LanguageModel load(ServableVersion version) throws IOException {
        List<String> names = version.files().stream().map(Artifact::getName).toList();
        List<String> pieces =
                names.stream().filter(name -> !name.startsWith(TEMPLATE)).toList();
        PairTemplate template = names.stream()
                .filter(name -> name.startsWith(TEMPLATE))
                .map(name -> new PairTemplate(name.substring(TEMPLATE.length()), " {answer}", "\n"))
                .findFirst()
                .orElse(PairTemplate.STANDARD);
        if (pieces.contains("damaged")) {
            throw new IOException("artifact damaged is damaged");
        }
        loads.add(version.id());
        inMemory.add(version.id());
        return new ScriptedModel(version.id(), pieces, template);
    }

    /** Continues one text at a time, by a piece a step. */
    private final class ScriptedModel implements LanguageModel {

        private final VersionId id;
        private final List<String> pieces;
        private final PairTemplate template;
        private final List<ScriptedText> running = new ArrayList<>();

        ScriptedModel(VersionId id, List<String> pieces, PairTemplate template) {
            this.id = id;
            this.pieces = pieces;
            this.template = template;
        }

        @Override
        public Executor thread() {
            return thread;
        }

        @Override
        public int context() {
            return CONTEXT;
        }

        @Override
        public PairTemplate template() {
            return template;
        }

        @Override
        public boolean hasRoom(GenerationRequest request) {
            return running.isEmpty();
        }

        @Override
        public void begin(GenerationRequest request, GenerationListener listener) {
            if (!inMemory.contains(id)) {
                throw new IllegalStateException(id + " was closed");
            }
            String prompt = Tokenizer.gpt2().decode(request.prompt());
            if (!prompt.equals(WarmUp.PROMPT)) {
                begun.add(request);
            }
            running.add(new ScriptedText(request, listener, pieces, prompt));
        }

        @Override
        public void step() {
            for (ScriptedText text : running) {
                text.step(permits).filter(reason -> !text.isWarmUp()).ifPresent(ended::add);
            }
            running.removeIf(ScriptedText::ended);
        }

        @Override
        public void close() {
            inMemory.remove(id);
        }
    }
}
