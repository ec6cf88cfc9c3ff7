package io.minigpt.console;

import java.net.URI;
import java.util.Objects;
import java.util.Set;

/**
 * A service behind the console.
 *
 * @param service its name, such as {@code corpus}
 * @param address its base address: scheme, host and port
 */
public record Upstream(String service, URI address) {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    public Upstream {
        Objects.requireNonNull(service, "service");
        if (address.getHost() == null || !SCHEMES.contains(address.getScheme())) {
            throw new IllegalArgumentException("minigpt.console.routes." + service + ": '" + address
                    + "' is no address such as http://127.0.0.1:8081");
        }
        if (!address.getRawPath().isEmpty() && !address.getRawPath().equals("/")) {
            throw new IllegalArgumentException(
                    "minigpt.console.routes." + service + ": '" + address + "' must not have a path");
        }
    }

    /** Whether it is called over TLS. */
    public boolean encrypted() {
        return address.getScheme().equals("https");
    }

    /** Its host. */
    public String host() {
        return address.getHost();
    }

    /** Its port, also when the address leaves it to the scheme. */
    public int port() {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return encrypted() ? HTTPS_PORT : HTTP_PORT;
    }
}
