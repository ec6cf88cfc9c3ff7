package io.minigpt.corpus.jobs;

import io.minigpt.corpus.store.TokenStore;
import io.minigpt.corpus.store.TokenStore.Text;
import io.minigpt.corpus.store.TokenStore.Tokens;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobHandler;
import io.minigpt.platform.jobs.JobLease;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/** Counts the tokens of a corpus's documents after an import, so that no import waits for it. */
@ApplicationScoped
class TokenCount implements JobHandler {

    private static final Logger LOG = Logger.getLogger(TokenCount.class);

    private final Database database;
    private final TokenStore tokens;

    TokenCount(Database database, TokenStore tokens) {
        this.database = database;
        this.tokens = tokens;
    }

    @Override
    public String kind() {
        return TokenStore.JOB;
    }

    @Override
    public void run(JobLease lease) {
        String corpus = corpus(lease.job());
        long after = 0;
        while (true) {
            lease.checkCancelled();
            lease.checkDraining();
            long from = after;
            List<Text> texts = database.read(transaction -> tokens.uncounted(transaction, corpus, from));
            if (texts.isEmpty()) {
                lease.succeed(transaction -> {});
                return;
            }
            List<Tokens> counted = texts.stream()
                    .map(text -> new Tokens(
                            text.id(), text.version(), Tokenizer.gpt2().encode(text.text()).length))
                    .toList();
            lease.transact(transaction -> {
                tokens.put(transaction, corpus, counted);
                return null;
            });
            after = texts.getLast().sequence();
        }
    }

    @Override
    public void failed(Handle transaction, Job job, String reason) {
        LOG.errorf("tokens of corpus %s are not counted: %s", corpus(job), reason);
    }

    @Override
    public void cancelled(Handle transaction, Job job, String reason) {
        failed(transaction, job, reason);
    }

    private static String corpus(Job job) {
        return new String(job.payload(), StandardCharsets.UTF_8);
    }
}
