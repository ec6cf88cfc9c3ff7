package io.minigpt.console.http;

import io.minigpt.console.ConsoleConfig;
import io.minigpt.console.RoutingTable;
import io.minigpt.console.ServiceStatus;
import io.minigpt.console.ServiceStatus.State;
import io.minigpt.console.Upstream;
import io.minigpt.platform.http.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How the services are, for the status line of the page. */
@Path(ServicesResource.PATH)
@RunOnVirtualThread
@Tag(name = "Services")
public class ServicesResource {

    static final String PATH = "/api/services";

    private static final int OK = 200;

    private final RoutingTable routes;
    private final Duration limit;
    private final HttpClient client;

    public ServicesResource(RoutingTable routes, ConsoleConfig config) {
        this.routes = routes;
        this.limit = config.statusTimeout();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limit)
                .build();
    }

    @GET
    @Operation(summary = "Every service with its state and the address of its interface's description")
    public Page<ServiceStatus> list() {
        List<CompletableFuture<ServiceStatus>> asked =
                routes.upstreams().stream().map(this::ask).toList();
        return Page.all(asked.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<ServiceStatus> ask(Upstream upstream) {
        HttpRequest request = HttpRequest.newBuilder(upstream.address().resolve("/q/health/ready"))
                .timeout(limit)
                .build();
        return client.sendAsync(request, BodyHandlers.discarding())
                .handle((response, failure) -> new ServiceStatus(
                        upstream.service(),
                        state(response, failure),
                        upstream.address().resolve("/q/swagger-ui")));
    }

    private static State state(HttpResponse<Void> response, Throwable failure) {
        if (failure != null) {
            return State.DOWN;
        }
        return response.statusCode() == OK ? State.UP : State.STARTING;
    }
}
