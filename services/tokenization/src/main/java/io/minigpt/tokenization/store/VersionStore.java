package io.minigpt.tokenization.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.PairTemplate;
import io.minigpt.tokenization.DatasetSummary;
import io.minigpt.tokenization.Purpose;
import io.minigpt.tokenization.SealedVersion;
import io.minigpt.tokenization.Withdrawal;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Datasets and their sealed versions. */
@ApplicationScoped
public class VersionStore {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

    /**
     * Makes the dataset if it is new and keeps others from giving it versions until the transaction ends.
     *
     * @return what it is for
     */
    public Purpose lock(Handle transaction, String name, Purpose purpose) {
        return transaction
                .createQuery("""
                        insert into dataset (name, kind) values (:name, :kind)
                        on conflict (name) do update set kind = dataset.kind
                        returning kind
                        """)
                .bind("name", name)
                .bind("kind", purpose.text())
                .map((row, context) -> Purpose.of(row.getString("kind")))
                .one();
    }

    /** What a dataset is for, if it exists. */
    public Optional<Purpose> purpose(Handle transaction, String name) {
        return transaction
                .createQuery("select kind from dataset where name = :name")
                .bind("name", name)
                .map((row, context) -> Purpose.of(row.getString("kind")))
                .findOne();
    }

    public Optional<SealedVersion> newest(Handle transaction, String name) {
        return transaction
                .createQuery("select * from dataset_version where name = :name order by version desc limit 1")
                .bind("name", name)
                .map((row, context) -> read(transaction, row))
                .findOne();
    }

    public Optional<SealedVersion> find(Handle transaction, String name, int version) {
        return transaction
                .createQuery("select * from dataset_version where name = :name and version = :version")
                .bind("name", name)
                .bind("version", version)
                .map((row, context) -> read(transaction, row))
                .findOne();
    }

    /** Versions of a dataset, newest first. */
    public List<SealedVersion> versions(Handle transaction, String name) {
        return transaction
                .createQuery("select * from dataset_version where name = :name order by version desc")
                .bind("name", name)
                .map((row, context) -> read(transaction, row))
                .list();
    }

    /** All datasets by name. */
    public List<DatasetSummary> datasets(Handle transaction) {
        return transaction
                .createQuery("""
                        select distinct on (name) name, kind, corpus, version, sealed_at,
                               count(*) over (partition by name) as versions
                        from dataset_version order by name, version desc
                        """)
                .map((row, context) -> new DatasetSummary(
                        row.getString("name"),
                        row.getString("kind"),
                        row.getString("corpus"),
                        row.getInt("versions"),
                        row.getInt("version"),
                        row.getObject("sealed_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** The database's clock. */
    public Instant now(Handle transaction) {
        return transaction
                .createQuery("select clock_timestamp()")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant();
    }

    public void add(Handle transaction, SealedVersion sealed) {
        DatasetVersion version = sealed.version();
        transaction
                .createUpdate("""
                        insert into dataset_version
                            (name, version, identity, kind, corpus, parent_version, train_records, validation_records,
                             train_tokens, validation_tokens, validation_bytes, records_by_kind, run_id, requested_by,
                             reason, max_generated, curated_repeat, sealed_at, selection, template)
                        values (:name, :version, :identity, :kind, :corpus, :parent, :trainRecords, :validationRecords,
                                :trainTokens, :validationTokens, :validationBytes, :byKind::jsonb, :run, :by,
                                :reason, :max, :repeat, :sealedAt, :selection::jsonb, :template)
                        """)
                .bind("name", version.getName())
                .bind("version", version.getVersion())
                .bind("identity", version.getIdentity())
                .bind("kind", Purpose.of(version.getKind()).text())
                .bind("corpus", version.getCorpus())
                .bind("parent", version.getParentVersion())
                .bind("trainRecords", version.getTrainRecords())
                .bind("validationRecords", version.getValidationRecords())
                .bind("trainTokens", version.getTrainTokens())
                .bind("validationTokens", version.getValidationTokens())
                .bind("validationBytes", version.getValidationBytes())
                .bind("byKind", json(version.getRecordsByKindMap()))
                .bind("run", sealed.runId())
                .bind("by", sealed.requestedBy())
                .bind("reason", sealed.reason())
                .bind("max", sealed.selection().maxGenerated())
                .bind("repeat", sealed.selection().curatedRepeat())
                .bind("selection", Selections.json(sealed.selection()))
                .bind("template", version.hasTemplate() ? version.getTemplate().toByteArray() : null)
                .bind("sealedAt", sealed.sealedAt().atOffset(ZoneOffset.UTC))
                .execute();
        VersionParts.addInputs(transaction, sealed);
        VersionParts.addFiles(transaction, version);
    }

    /** Marks a version as withdrawn. @return that it is now; empty if it was before */
    public Optional<Withdrawal> withdraw(Handle transaction, String name, int version, String reason) {
        return transaction
                .createQuery("""
                        update dataset_version set withdrawn_at = clock_timestamp(), withdrawn_reason = :reason
                        where name = :name and version = :version and withdrawn_at is null
                        returning withdrawn_at
                        """)
                .bind("name", name)
                .bind("version", version)
                .bind("reason", reason)
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(at -> new Withdrawal(at.toInstant(), reason));
    }

    /** Whether a version with this identity has its files; the dataset must be locked. */
    public boolean hasFiles(Handle transaction, String name, String identity) {
        return transaction
                .createQuery("""
                        select exists (select from dataset_version
                                       where name = :name and identity = :identity and withdrawn_at is null)
                        """)
                .bind("name", name)
                .bind("identity", identity)
                .mapTo(Boolean.class)
                .one();
    }

    private static SealedVersion read(Handle transaction, ResultSet row) throws SQLException {
        String name = row.getString("name");
        int number = row.getInt("version");
        String withdrawnReason = row.getString("withdrawn_reason");
        DatasetVersion.Builder version = DatasetVersion.newBuilder()
                .setName(name)
                .setVersion(number)
                .setIdentity(row.getString("identity"))
                .setKind(Purpose.of(row.getString("kind")).proto())
                .setCorpus(row.getString("corpus"))
                .setParentVersion(row.getInt("parent_version"))
                .setTrainRecords(row.getLong("train_records"))
                .setValidationRecords(row.getLong("validation_records"))
                .setTrainTokens(row.getLong("train_tokens"))
                .setValidationTokens(row.getLong("validation_tokens"))
                .setValidationBytes(row.getLong("validation_bytes"))
                .putAllRecordsByKind(counts(row.getString("records_by_kind")))
                .addAllFiles(VersionParts.files(transaction, name, number));
        byte[] template = row.getBytes("template");
        if (template != null) {
            version.setTemplate(template(template));
        }
        return new SealedVersion(
                version.build(),
                Selections.read(row),
                VersionParts.inputs(transaction, name, number),
                row.getString("run_id"),
                row.getString("requested_by"),
                row.getString("reason"),
                row.getObject("sealed_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("withdrawn_at", OffsetDateTime.class))
                        .map(at -> new Withdrawal(at.toInstant(), withdrawnReason)));
    }

    private static PairTemplate template(byte[] message) throws SQLException {
        try {
            return PairTemplate.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            throw new SQLException("a version's template is unreadable", e);
        }
    }

    private static String json(Map<String, Long> counts) {
        try {
            return JSON.writeValueAsString(counts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of numbers is always JSON", e);
        }
    }

    private static Map<String, Long> counts(String json) throws SQLException {
        try {
            return JSON.readValue(json, COUNTS);
        } catch (JsonProcessingException e) {
            throw new SQLException("records_by_kind is no map of numbers: " + json, e);
        }
    }
}
