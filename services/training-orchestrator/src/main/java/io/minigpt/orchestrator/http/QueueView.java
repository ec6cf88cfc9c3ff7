package io.minigpt.orchestrator.http;

import io.minigpt.orchestrator.KnownWorker;
import io.minigpt.orchestrator.QueuePlace;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The queue of the workers. */
@Schema(name = "RunQueue")
record QueueView(
        @Schema(description = "Waiting training runs and evaluations, the first to be taken first")
        List<PlaceView> items,

        @Schema(description = "Workers that have reported within a day")
        List<KnownWorker> workers) {

    /** Where a run stands. */
    @Schema(name = "QueuePlace")
    record PlaceView(
            String id,

            @Schema(
                    description = "What it does",
                    enumeration = {"pretrain", "sft", "evaluate"},
                    nullable = true)
            String kind,

            @Schema(description = "Higher ones are taken first")
            int priority,

            @Schema(description = "Place in the queue, from 1")
            int position,

            @Schema(description = "Why it waits", examples = "worker-1 is busy with training-06ewp0jcq4k3r2t")
            String reason,

            @Schema(description = "When it should start; null when that cannot be told", nullable = true)
            Instant expectedStart) {

        static PlaceView of(QueuePlace place) {
            String kind = place.run().kind();
            return new PlaceView(
                    place.run().id(),
                    kind.isEmpty() ? null : kind,
                    place.run().priority(),
                    place.position(),
                    place.reason(),
                    place.expectedStart().orElse(null));
        }
    }

    static QueueView of(List<QueuePlace> places, List<KnownWorker> workers) {
        return new QueueView(places.stream().map(PlaceView::of).toList(), workers);
    }
}
