package io.minigpt.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps foreign web pages from using the console through a visitor's browser: it answers under its own names only, and
 * a request that changes something must not come from another origin. Programs, which send no {@code Origin}, are free.
 */
@ApplicationScoped
public class SameOriginRule {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> FOREIGN_SITES = Set.of("cross-site", "same-site");

    private final Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));

    public SameOriginRule(ConsoleConfig config) {
        config.hosts().orElse(Set.of()).forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
    }

    /**
     * Why a request is refused.
     *
     * @param method its method
     * @param authority host and port that it was sent to; null if it says none
     * @param origin its {@code Origin} header; null if it has none
     * @param fetchSite its {@code Sec-Fetch-Site} header; null if it has none
     * @return empty if it is not refused
     */
    public Optional<String> refusal(String method, String authority, String origin, String fetchSite) {
        if (authority == null || !hosts.contains(host(authority))) {
            return Optional.of("the console does not answer under the name '" + authority
                    + "'; add its host to minigpt.console.hosts if it should");
        }
        if (SAFE_METHODS.contains(method)) {
            return Optional.empty();
        }
        boolean foreignOrigin = origin != null && !sameOrigin(origin, authority);
        boolean foreignSite = origin == null && fetchSite != null && FOREIGN_SITES.contains(fetchSite);
        return foreignOrigin || foreignSite
                ? Optional.of(
                        "a page of " + (origin == null ? "another origin" : origin) + " must not change anything here")
                : Optional.empty();
    }

    private static boolean sameOrigin(String origin, String authority) {
        String lower = origin.toLowerCase(Locale.ROOT);
        return lower.equals("http://" + authority.toLowerCase(Locale.ROOT))
                || lower.equals("https://" + authority.toLowerCase(Locale.ROOT));
    }

    private static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean portFollows = colon > authority.lastIndexOf(']');
        return (portFollows ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    }
}
