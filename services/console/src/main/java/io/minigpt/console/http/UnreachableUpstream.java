package io.minigpt.console.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;

/** Answers for a service that does not. */
final class UnreachableUpstream implements ProxyInterceptor {

    private static final Logger LOG = Logger.getLogger(UnreachableUpstream.class);

    private final String service;
    private final ErrorAnswers errors;

    UnreachableUpstream(String service, ErrorAnswers errors) {
        this.service = service;
        this.errors = errors;
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        return context.sendRequest().recover(failure -> {
            LOG.warnf("the service %s does not answer: %s", service, failure.getMessage());
            return Future.succeededFuture(answer(context.request()));
        });
    }

    private ProxyResponse answer(ProxyRequest request) {
        ErrorAnswers.ErrorAnswer error = errors.of(
                Response.Status.BAD_GATEWAY,
                request.proxiedRequest().path(),
                "the service " + service + " does not answer; it may be starting or stopped");
        return request.release()
                .response()
                .setStatusCode(error.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, error.mediaType())
                .setBody(Body.body(error.body()));
    }
}
