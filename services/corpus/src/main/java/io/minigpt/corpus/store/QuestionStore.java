package io.minigpt.corpus.store;

import com.google.protobuf.Message;
import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Entry;
import io.minigpt.corpus.Kind;
import io.minigpt.corpus.Question;
import io.minigpt.proto.corpus.v1.QuestionImported;
import io.minigpt.proto.corpus.v1.QuestionRetracted;
import io.minigpt.proto.event.v1.StreamPosition;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Curated questions with their answers. */
@ApplicationScoped
class QuestionStore implements ContentStore<Question> {

    @Override
    public Kind kind() {
        return Kind.QUESTION;
    }

    @Override
    public String upsert() {
        return """
            insert into question (id, external_id, question, answer, document_id, metadata)
            values (:id, :externalId, :question, :answer, :documentId, :metadata)
            on conflict (id) do update set
                question = excluded.question, answer = excluded.answer, document_id = excluded.document_id,
                metadata = excluded.metadata
            """;
    }

    @Override
    public void bind(PreparedBatch batch, Question question) {
        batch.bind("id", question.id())
                .bind("externalId", question.externalId())
                .bind("question", question.question())
                .bind("answer", question.answer())
                .bind("documentId", question.documentId())
                .bind("metadata", question.metadata());
    }

    @Override
    public Question load(Handle transaction, String id) {
        return transaction
                .createQuery("select * from question where id = :id")
                .bind("id", id)
                .map((row, context) -> new Question(
                        row.getString("id"),
                        row.getString("external_id"),
                        row.getString("question"),
                        row.getString("answer"),
                        row.getString("document_id"),
                        row.getString("metadata")))
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
    public Message retracted(CorpusName corpus, StreamPosition position, Entry entry, String reason) {
        return QuestionRetracted.newBuilder()
                .setPosition(position)
                .setCorpus(corpus.value())
                .setQuestionId(entry.id())
                .setReason(reason)
                .build();
    }
}
