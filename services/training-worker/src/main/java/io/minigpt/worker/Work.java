package io.minigpt.worker;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.TrainingRequested;

/** What a worker was asked to do. All of it takes turns on one device, so it is one kind of job. */
public sealed interface Work {

    /** Kind of the jobs. */
    String JOB_KIND = "run";

    /** Train a model. */
    record Training(TrainingRequested request) implements Work {
        @Override
        public byte[] toBytes() {
            return Any.pack(request).toByteArray();
        }
    }

    /** Evaluate a model. */
    record Evaluation(EvaluationRequested request) implements Work {
        @Override
        public byte[] toBytes() {
            return Any.pack(request).toByteArray();
        }
    }

    /** The payload of the job. */
    byte[] toBytes();

    /** The inverse of {@link #toBytes}. */
    static Work of(byte[] payload) {
        try {
            Any any = Any.parseFrom(payload);
            return any.is(TrainingRequested.class)
                    ? new Training(any.unpack(TrainingRequested.class))
                    : new Evaluation(any.unpack(EvaluationRequested.class));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the payload is no training or evaluation request", e);
        }
    }
}
