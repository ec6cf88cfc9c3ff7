package io.minigpt.corpus.jobs;

import io.minigpt.corpus.CorpusConfig;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.artifacts.ArtifactsConfig;
import io.minigpt.platform.artifacts.ReadOnlyBucket;
import io.minigpt.platform.artifacts.StoredObject;
import io.minigpt.platform.jobs.PermanentFailureException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The one bucket whose objects may be imported. */
@ApplicationScoped
class ImportBucket {

    private static final String SCHEME = "s3://";

    private final Optional<String> name;
    private final Optional<ReadOnlyBucket> bucket;

    ImportBucket(CorpusConfig config, ArtifactsConfig artifacts) {
        name = config.imports().bucket();
        bucket = name.map(named -> ReadOnlyBucket.of(named, artifacts.s3()));
    }

    @PreDestroy
    void close() {
        bucket.ifPresent(ReadOnlyBucket::close);
    }

    /** Whether a reference means an object. */
    static boolean isObject(String reference) {
        return reference.startsWith(SCHEME);
    }

    /** The object that is meant. @throws InvalidRequestException if there is none that may be read */
    ImportTask.BucketObject find(String reference) {
        ReadOnlyBucket read = bucket.orElseThrow(() ->
                new InvalidRequestException("no object can be imported: minigpt.corpus.imports.bucket is not set"));
        String beginning = SCHEME + name.orElseThrow() + "/";
        if (!reference.startsWith(beginning) || reference.length() == beginning.length()) {
            throw new InvalidRequestException("'" + reference + "' is not in the import bucket, " + beginning);
        }
        try {
            StoredObject found = read.find(reference.substring(beginning.length()))
                    .orElseThrow(() -> new InvalidRequestException("there is no object '" + reference + "'"));
            return new ImportTask.BucketObject(found.key(), found.bytes(), found.tag());
        } catch (IOException e) {
            throw new InvalidRequestException("'" + reference + "' cannot be read: " + e.getMessage(), e);
        }
    }

    /** @throws PermanentFailureException if the object is no longer as it was when its import was asked for */
    InputStream open(ImportTask.BucketObject object) throws IOException {
        ReadOnlyBucket read = bucket.orElseThrow(
                () -> new PermanentFailureException("minigpt.corpus.imports.bucket is not set any more"));
        StoredObject asked = new StoredObject(object.key(), object.bytes(), object.tag());
        if (read.find(object.key()).filter(asked::equals).isEmpty()) {
            throw new PermanentFailureException("object '" + SCHEME + name.orElseThrow() + "/" + object.key()
                    + "' is no longer as it was when its import began");
        }
        return read.open(asked);
    }
}
