package io.minigpt.corpus.store;

import com.google.protobuf.Message;
import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Entry;
import io.minigpt.corpus.Fingerprint;
import io.minigpt.corpus.Kind;
import io.minigpt.corpus.Question;
import io.minigpt.corpus.Withdrawal;
import io.minigpt.platform.database.BulkInsert;
import io.minigpt.proto.corpus.v1.QuestionImported;
import io.minigpt.proto.corpus.v1.QuestionRetracted;
import io.minigpt.proto.event.v1.StreamPosition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Curated questions with their answers. */
@ApplicationScoped
class QuestionStore implements ContentStore<Question> {

    private static final List<String> COLUMNS =
            List.of("id", "external_id", "question", "answer", "document_id", "metadata");

    @Override
    public Kind kind() {
        return Kind.QUESTION;
    }

    @Override
    public void insert(Handle transaction, List<Question> questions) {
        BulkInsert.insert(
                transaction,
                "question",
                COLUMNS,
                questions,
                (row, question) -> row.text(question.id())
                        .text(question.externalId())
                        .text(question.question())
                        .text(question.answer())
                        .text(question.documentId())
                        .text(question.metadata()));
    }

    @Override
    public void update(Handle transaction, List<Question> questions) {
        if (questions.isEmpty()) {
            return;
        }
        PreparedBatch batch = transaction.prepareBatch("""
                update question set question = :question, answer = :answer, document_id = :documentId,
                                    metadata = :metadata
                where id = :id
                """);
        for (Question question : questions) {
            batch.bind("id", question.id())
                    .bind("question", question.question())
                    .bind("answer", question.answer())
                    .bind("documentId", question.documentId())
                    .bind("metadata", question.metadata())
                    .add();
        }
        batch.execute();
    }

    @Override
    public void erase(Handle transaction, CorpusName corpus, Entry entry) {
        transaction
                .createUpdate("update question set question = '', answer = '', metadata = '{}' where id = :id")
                .bind("id", entry.id())
                .execute();
    }

    @Override
    public Question load(Handle transaction, CorpusName corpus, Entry entry) {
        return transaction
                .createQuery("select * from question where id = :id")
                .bind("id", entry.id())
                .map((row, context) -> new Question(
                        row.getString("id"),
                        row.getString("external_id"),
                        row.getString("question"),
                        row.getString("answer"),
                        row.getString("document_id"),
                        row.getString("metadata"),
                        new Fingerprint(entry.version(), entry.contentHash(), List.of())))
                .one();
    }

    @Override
    public Message imported(CorpusName corpus, StreamPosition position, Entry entry, Question question) {
        return QuestionImported.newBuilder()
                .setPosition(position)
                .setCorpus(corpus.value())
                .setQuestionId(entry.id())
                .setSequence(entry.sequence())
                .setExternalId(question.externalId())
                .setQuestion(question.question())
                .setAnswer(question.answer())
                .setDocumentId(question.documentId())
                .build();
    }

    @Override
    public Message retracted(CorpusName corpus, StreamPosition position, Entry entry, Withdrawal withdrawal) {
        return QuestionRetracted.newBuilder()
                .setPosition(position)
                .setCorpus(corpus.value())
                .setQuestionId(entry.id())
                .setReason(withdrawal.reason())
                .setErased(withdrawal.erases())
                .build();
    }
}
