package io.minigpt.registry.store;

import io.minigpt.registry.ExportFormat;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import java.nio.charset.StandardCharsets;

/**
 * What an export job is to make.
 *
 * @param version of what
 * @param format in which format
 */
public record ExportOrder(VersionReference version, ExportFormat format) {

    byte[] toBytes() {
        return (version.version() + "/" + format.label() + "/" + version.model()).getBytes(StandardCharsets.UTF_8);
    }

    /** The order in a job's payload. */
    public static ExportOrder of(byte[] payload) {
        String[] parts = new String(payload, StandardCharsets.UTF_8).split("/", 3);
        return new ExportOrder(
                new VersionReference(parts[2], Integer.parseInt(parts[0])), ExportFormat.labelled(parts[1]));
    }
}
