package io.minigpt.console.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;

/** Tells the service who asked and under which name; what the caller claims of that is replaced. */
final class ForwardedHeaders implements ProxyInterceptor {

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        ProxyRequest request = context.request();
        HttpServerRequest received = request.proxiedRequest();
        request.headers().remove("Forwarded");
        // answered by the console itself before the body came
        request.headers().remove(HttpHeaders.EXPECT);
        request.putHeader("X-Forwarded-For", received.remoteAddress().hostAddress());
        request.putHeader("X-Forwarded-Proto", received.scheme());
        request.putHeader("X-Forwarded-Host", received.getHeader(HttpHeaders.HOST));
        return context.sendRequest();
    }
}
