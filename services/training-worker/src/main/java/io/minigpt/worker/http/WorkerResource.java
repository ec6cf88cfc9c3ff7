package io.minigpt.worker.http;

import io.minigpt.worker.CurrentRun;
import io.minigpt.worker.RunDevice;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What this worker is and does; for operators, not for the public origin. */
@Path("/api/worker")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Worker")
@RunOnVirtualThread
public class WorkerResource {

    private final RunDevice device;
    private final CurrentRun current;

    WorkerResource(RunDevice device, CurrentRun current) {
        this.device = device;
        this.current = current;
    }

    @GET
    @Operation(
            summary = "This worker",
            description = "What it has for runs, and the run in progress; run is null while it has nothing to do.")
    public WorkerView get() {
        return WorkerView.of(device.offer(), current.get());
    }
}
