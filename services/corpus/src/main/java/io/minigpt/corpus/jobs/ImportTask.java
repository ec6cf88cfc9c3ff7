package io.minigpt.corpus.jobs;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.corpus.Compression;
import io.minigpt.corpus.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What an import job has to do; the payload of its row.
 *
 * @param corpus where it goes
 * @param kind what it brings
 * @param source where it comes from
 */
record ImportTask(String corpus, Kind kind, Source source) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where the body of an import comes from. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Upload.class, name = "upload"),
        @JsonSubTypes.Type(value = NamedFile.class, name = "file"),
        @JsonSubTypes.Type(value = BucketObject.class, name = "object")
    })
    sealed interface Source {

        /** Its size. */
        long bytes();
    }

    /** A body that was sent and kept in the artifact store until the import has ended. */
    record Upload(String key, String sha256, long bytes, Compression compression) implements Source {}

    /**
     * A file of the import folder.
     *
     * @param file its name within the folder
     * @param modified its time in milliseconds, by which a change is noticed
     */
    record NamedFile(String file, long bytes, long modified) implements Source {}

    /**
     * An object of the import bucket.
     *
     * @param tag its entity tag, by which a change is noticed
     */
    record BucketObject(String key, long bytes, String tag) implements Source {}

    byte[] payload() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a task is always JSON", e);
        }
    }

    static ImportTask of(byte[] payload) {
        try {
            return JSON.readValue(payload, ImportTask.class);
        } catch (IOException e) {
            throw new UncheckedIOException("a stored import task cannot be read", e);
        }
    }
}
