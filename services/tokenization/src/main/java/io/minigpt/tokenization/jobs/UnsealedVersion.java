package io.minigpt.tokenization.jobs;

import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.tokenization.DatasetPlan;
import io.minigpt.tokenization.NamedTemplate;
import io.minigpt.tokenization.files.DatasetFiles;
import io.minigpt.tokenization.files.Manifest;
import java.util.List;
import java.util.Optional;

/** A version that is written to a work folder and has no number yet. */
record UnsealedVersion(
        DatasetPlan plan,
        DatasetFiles files,
        Manifest manifest,
        List<StreamRevision> inputs,
        Optional<NamedTemplate> template) {}
