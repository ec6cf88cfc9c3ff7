package io.minigpt.registry.store;

import io.minigpt.platform.database.Columns;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobQueue;
import io.minigpt.platform.jobs.JobState;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.registry.ExportFormat;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Versions in other programs' formats, each made once by a job. */
@ApplicationScoped
public class ExportStore {

    /** Kind of the jobs. */
    public static final String JOB_KIND = "export";

    /**
     * A version in a format.
     *
     * @param format the format
     * @param state where its job stands
     * @param files its files, once it has succeeded
     */
    public record Export(ExportFormat format, JobState state, List<Artifact> files) {

        public Export {
            files = List.copyOf(files);
        }
    }

    private final JobQueue jobs;

    public ExportStore(JobQueue jobs) {
        this.jobs = jobs;
    }

    /** Asks for a version in a format, which is queued unless it is there or under way; a failed one is tried again. */
    public Export request(Handle transaction, VersionReference version, ExportFormat format) {
        boolean hopeless = find(transaction, version, format)
                .map(export ->
                        export.state() instanceof JobState.Failed || export.state() instanceof JobState.Cancelled)
                .orElse(true);
        if (hopeless) {
            String id = "export-" + UUID.randomUUID();
            transaction
                    .createUpdate("""
                            insert into export (model, version, format, job_id)
                            values (:model, :version, :format, :job)
                            on conflict (model, version, format) do update set job_id = excluded.job_id
                            """)
                    .bind("model", version.model())
                    .bind("version", version.version())
                    .bind("format", format.label())
                    .bind("job", id)
                    .execute();
            jobs.submit(transaction, Job.of(id, JOB_KIND, new ExportOrder(version, format).toBytes(), "", ""));
        }
        return find(transaction, version, format).orElseThrow();
    }

    /** A version in a format, if anybody asked for it. */
    public Optional<Export> find(Handle transaction, VersionReference version, ExportFormat format) {
        return transaction
                .createQuery("""
                        select job_id from export where model = :model and version = :version and format = :format
                        """)
                .bind("model", version.model())
                .bind("version", version.version())
                .bind("format", format.label())
                .mapTo(String.class)
                .findOne()
                .map(job -> {
                    List<Artifact> files = files(transaction, version, format);
                    // an ended job is forgotten after a while, its files are not
                    JobState state = jobs.state(transaction, job)
                            .orElseGet(() -> files.isEmpty()
                                    ? new JobState.Failed("the job is gone without a result")
                                    : new JobState.Succeeded());
                    return new Export(format, state, files);
                });
    }

    /** Files of a version in all formats. */
    public List<Artifact> files(Handle transaction, VersionReference version) {
        return transaction
                .createQuery("select message from export_file where model = :model and version = :version")
                .bind("model", version.model())
                .bind("version", version.version())
                .mapTo(byte[].class)
                .map(bytes -> Columns.message(bytes, Artifact.getDefaultInstance()))
                .list();
    }

    /** Notes the files of a version in a format, in place of earlier ones. */
    public void made(Handle transaction, ExportOrder order, List<Artifact> files) {
        for (Artifact file : files) {
            transaction
                    .createUpdate("""
                            insert into export_file (model, version, format, name, message)
                            values (:model, :version, :format, :name, :message)
                            on conflict (model, version, format, name) do update set message = excluded.message
                            """)
                    .bind("model", order.version().model())
                    .bind("version", order.version().version())
                    .bind("format", order.format().label())
                    .bind("name", file.getName())
                    .bind("message", file.toByteArray())
                    .execute();
        }
    }

    private static List<Artifact> files(Handle transaction, VersionReference version, ExportFormat format) {
        return transaction
                .createQuery("""
                        select message from export_file
                        where model = :model and version = :version and format = :format order by name
                        """)
                .bind("model", version.model())
                .bind("version", version.version())
                .bind("format", format.label())
                .mapTo(byte[].class)
                .map(bytes -> Columns.message(bytes, Artifact.getDefaultInstance()))
                .list();
    }
}
