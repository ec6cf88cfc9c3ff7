package io.minigpt.inference;

import io.minigpt.gpt.Generation;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.GenerationRequest.ContextOverflow;
import io.minigpt.gpt.text.Tokenizer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Lets two versions answer the same prompt, so that a person can say which is better. */
@ApplicationScoped
public class Arena {

    /** Two answers on their way. @param blind whether the person must not know whose they are */
    public record Begun(Battle battle, boolean blind, Submission a, Submission b) {}

    private final Deployments deployments;
    private final BattleLog log;
    private final InferenceConfig config;

    public Arena(Deployments deployments, BattleLog log, InferenceConfig config) {
        this.deployments = deployments;
        this.log = log;
        this.config = config;
    }

    /**
     * Begins a battle.
     *
     * @param models two, or none for any two versions that aliases mean now
     * @param blind whether they stand on either side at random
     * @param caller whose battle it is
     * @throws UnknownModelException if there is no such model, or there are no two different versions
     */
    public Begun begin(String prompt, double temperature, List<ModelReference> models, boolean blind, String caller)
            throws InterruptedException {
        List<VersionId> sides = new ArrayList<>(models.isEmpty() ? any() : versions(models));
        if (blind) {
            Collections.shuffle(sides, ThreadLocalRandom.current());
        }
        long seed = ThreadLocalRandom.current().nextLong();
        Submission a = submit(sides.get(0), prompt, temperature, seed, caller);
        try {
            Submission b = submit(sides.get(1), prompt, temperature, seed, caller);
            Battle battle = new Battle(
                    UUID.randomUUID().toString(), prompt, temperature, sides.get(0), sides.get(1), Optional.empty());
            log.begin(battle);
            return new Begun(battle, blind, a, b);
        } catch (RuntimeException e) {
            a.cancel(e);
            throw e;
        }
    }

    /** The most tokens that a battle can come to, templates not counted. */
    public long mostTokens(String prompt) {
        return 2L * (Tokenizer.gpt2().encode(prompt).length + config.defaults().maxTokens());
    }

    /** Of those, the tokens that the text of one side leaves. */
    public long unused(Generation text) {
        return config.defaults().maxTokens() - (long) text.tokens().size();
    }

    /** Two that aliases mean, of the same stage if there are such: what answers is not compared with what continues. */
    private List<VersionId> any() {
        List<VersionId> served =
                new ArrayList<>(Set.copyOf(deployments.serving().values()));
        if (served.size() < 2) {
            throw new UnknownModelException("a battle needs two different versions, and aliases mean " + served);
        }
        Collections.shuffle(served, ThreadLocalRandom.current());
        for (VersionId one : served) {
            for (VersionId other : served) {
                if (!one.equals(other) && stage(one) == stage(other)) {
                    return List.of(one, other);
                }
            }
        }
        return served.subList(0, 2);
    }

    private Stage stage(VersionId version) {
        return deployments.resolve(new ModelReference.ByVersion(version)).stage();
    }

    private List<VersionId> versions(List<ModelReference> models) {
        List<VersionId> versions =
                models.stream().map(model -> deployments.resolve(model).id()).toList();
        if (versions.getFirst().equals(versions.getLast())) {
            throw new UnknownModelException(
                    models.getFirst() + " and " + models.getLast() + " are both " + versions.getFirst());
        }
        return versions;
    }

    private Submission submit(VersionId version, String prompt, double temperature, long seed, String caller)
            throws InterruptedException {
        return deployments.submit(
                new ModelReference.ByVersion(version),
                loaded -> List.of(request(loaded, prompt, temperature, seed)),
                caller);
    }

    private GenerationRequest request(ServableVersion version, String prompt, double temperature, long seed) {
        boolean answers = version.stage() == Stage.SFT;
        InferenceConfig.Defaults defaults = config.defaults();
        return GenerationRequest.to(
                        answers
                                ? version.template().promptTokens(prompt)
                                : Tokenizer.gpt2().encode(prompt))
                .maxNewTokens(defaults.maxTokens())
                .temperature(temperature)
                .topK(defaults.topK())
                .topP(defaults.topP())
                .seed(seed)
                .repetition(defaults.repetition().rule())
                .overflow(answers ? ContextOverflow.STOP : ContextOverflow.SLIDE)
                .build();
    }
}
