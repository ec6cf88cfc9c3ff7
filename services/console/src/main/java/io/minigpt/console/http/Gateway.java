package io.minigpt.console.http;

import io.minigpt.console.ConsoleConfig;
import io.minigpt.console.RoutingTable;
import io.minigpt.console.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Passes {@code /api} and {@code /v1} on to the service that owns the path, both bodies as streams: nothing of them is
 * kept, a slow side slows the other down, and when the caller goes away the service learns of it.
 */
@ApplicationScoped
class Gateway {

    private final RoutingTable routes;
    private final ErrorAnswers errors;
    private final HttpClient client;
    private final Map<Upstream, HttpProxy> proxies = new HashMap<>();

    Gateway(RoutingTable routes, ErrorAnswers errors, ConsoleConfig config, Vertx vertx) {
        this.routes = routes;
        this.errors = errors;
        client = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(config.connections()).setConnectTimeout((int)
                        config.connectTimeout().toMillis()));
        routes.upstreams().forEach(upstream -> proxies.put(upstream, proxy(upstream)));
    }

    void register(@Observes Router router) {
        router.route("/api/*").handler(this::pass);
        router.route("/v1/*").handler(this::pass);
    }

    private void pass(RoutingContext context) {
        String path = context.normalizedPath();
        Optional<Upstream> upstream = routes.upstream(path);
        if (upstream.isPresent()) {
            proxies.get(upstream.get()).handle(context.request());
        } else if (path.equals(ServicesResource.PATH)) {
            context.next();
        } else {
            errors.of(Response.Status.NOT_FOUND, path, "nothing is at " + path + "; known: " + routes.prefixes())
                    .send(context.response());
        }
    }

    private HttpProxy proxy(Upstream upstream) {
        RequestOptions target = new RequestOptions()
                .setHost(upstream.host())
                .setPort(upstream.port())
                .setSsl(upstream.encrypted());
        return HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .addInterceptor(new ForwardedHeaders())
                .addInterceptor(new UnreachableUpstream(upstream.service(), errors))
                .origin((ProxyContext context) -> context.client().request(new RequestOptions(target)));
    }
}
