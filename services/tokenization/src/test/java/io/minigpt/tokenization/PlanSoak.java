package io.minigpt.tokenization;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.dataset.v1.RegenerationPlan;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.proto.generation.v1.GenerationConfigured;
import io.minigpt.proto.generation.v1.OfferedPrompt;
import io.minigpt.proto.generation.v1.OfferedTeacher;
import io.minigpt.tokenization.store.PlanStore;
import io.minigpt.tokenization.store.TeachingStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A million records: what changed is found without reading what did not for long. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class PlanSoak {

    private static final int DOCUMENTS = 200_000;
    private static final int PAIRS_EACH = 4;

    @Inject
    Database database;

    @Inject
    PlanStore plans;

    @Inject
    TeachingStore teaching;

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void onePercentOfAMillionRecords() {
        // Given a version of a million records, of whose documents one in a hundred has another text
        aMillionRecords();
        offered(1, "prompt-1");
        database.run(transaction -> transaction.execute("""
                update record set document_version = 'v2', revision = revision + 1000000
                where corpus = 'big' and kind = 'document' and sequence % 100 = 0
                """));

        // When
        RegenerationPlan changed = timed("changed documents", "");
        offered(2, "prompt-2");
        RegenerationPlan all = timed("another prompt", "questions");

        // Then
        assertThat(changed.getDocuments()).isEqualTo(DOCUMENTS / 100);
        assertThat(changed.getDocumentIdsCount()).isEqualTo(DOCUMENTS / 100);
        assertThat(changed.getPairs()).isEqualTo(DOCUMENTS / 100 * PAIRS_EACH);
        assertThat(all.getDocuments()).isEqualTo(DOCUMENTS);
        assertThat(all.getWholeCorpus()).isTrue();
    }

    private RegenerationPlan timed(String what, String prompt) {
        Instant start = Instant.now();
        RegenerationPlan plan = plans.plan(new RegenerationScope("big-sft", "", List.of(), prompt, ""));
        Duration took = Duration.between(start, Instant.now());
        System.out.printf(
                "plan of %s: %d of %d documents in %d ms%n", what, plan.getDocuments(), DOCUMENTS, took.toMillis());
        return plan;
    }

    private void offered(long revision, String promptVersion) {
        GenerationConfigured setup = GenerationConfigured.newBuilder()
                .setPosition(StreamPosition.newBuilder().setRevision(revision))
                .addPrompts(OfferedPrompt.newBuilder().setName("questions").setVersion(promptVersion))
                .addTeachers(OfferedTeacher.newBuilder().setName("t").setLabel("t/1"))
                .setDefaultTeacher("t")
                .build();
        database.run(transaction -> teaching.configured(transaction, "generation", setup));
    }

    private void aMillionRecords() {
        database.run(transaction -> {
            transaction.execute("""
                    insert into record (id, corpus, kind, state, revision, family_id, document_id, document_version,
                                        sequence, text)
                    select md5('d' || i), 'big', 'document', 'active', i, md5('d' || i), md5('d' || i), 'v1', i, 'text'
                    from generate_series(1, ?) i
                    """, DOCUMENTS);
            transaction.execute("""
                    insert into record (id, corpus, kind, state, revision, parent_id, family_id, document_id,
                                        document_version, sequence, ordinal, question, answer, prompt_version, teacher)
                    select md5('p' || i || '-' || n), 'big', 'generated', 'active', i * ? + n, md5('d' || i),
                           md5('d' || i), md5('d' || i), 'v1', i, n, 'question ' || i || '-' || n, 'answer',
                           'prompt-1', 't/1'
                    from generate_series(1, ?) i, generate_series(0, ? - 1) n
                    """, PAIRS_EACH, DOCUMENTS, PAIRS_EACH);
            transaction.execute("insert into dataset (name, kind) values ('big-sft', 'sft')");
            transaction.execute("""
                    insert into dataset_version
                        (name, version, identity, kind, corpus, parent_version, train_records, validation_records,
                         train_tokens, validation_tokens, validation_bytes, records_by_kind, run_id, requested_by,
                         reason, max_generated, curated_repeat, sealed_at)
                    values ('big-sft', 1, 'i', 'sft', 'big', 0, 1, 0, 1, 0, 0, '{}', 'r', '', '', 0, 1, now())
                    """);
            transaction.execute("""
                    insert into dataset_input (name, version, stream, revision)
                    values ('big-sft', 1, 'corpus/big', ?), ('big-sft', 1, 'generation/big', 10000000)
                    """, DOCUMENTS);
        });
        // as the database does by itself after a while
        database.run(transaction -> transaction.execute("analyze record"));
    }
}
