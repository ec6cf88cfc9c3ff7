package io.minigpt.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameOriginRuleTest {

    private final SameOriginRule rule =
            new SameOriginRule(LocalConsole.config(Map.of("minigpt.console.hosts", "minigpt.example")));

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "GET, localhost:8080, none, none",
                "GET, 127.0.0.1:8080, https://evil.example, cross-site",
                "POST, 127.0.0.1:8080, none, none",
                "POST, 127.0.0.1:8080, http://127.0.0.1:8080, same-origin",
                "POST, 127.0.0.1:8080, none, none-of-the-browsers",
                "DELETE, [::1]:8080, http://[::1]:8080, same-origin",
                "PUT, MiniGPT.example, https://minigpt.example, same-origin",
            })
    void whatComesFromHereOrChangesNothingMayPass(String method, String host, String origin, String site) {
        Optional<String> refusal = rule.refusal(method, host, origin, site);

        assertThat(refusal).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "POST, 127.0.0.1:8080, https://evil.example, cross-site",
                "POST, 127.0.0.1:8080, http://127.0.0.1:9999, same-site",
                "POST, 127.0.0.1:8080, http://localhost:8080, cross-site",
                "POST, 127.0.0.1:8080, 'null', cross-site",
                "POST, 127.0.0.1:8080, none, cross-site",
                "DELETE, 127.0.0.1:8080, http://127.0.0.1:80800, cross-site",
            })
    void aForeignPageMustNotChangeAnything(String method, String host, String origin, String site) {
        Optional<String> refusal = rule.refusal(method, host, origin, site);

        assertThat(refusal).hasValueSatisfying(reason -> assertThat(reason).contains("must not change anything"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"evil.example", "evil.example:8080", "127.0.0.1.evil.example", "none"})
    void noOtherNameIsAnsweredTo(String host) {
        Optional<String> refusal = rule.refusal("GET", host, null, null);

        assertThat(refusal).hasValueSatisfying(reason -> assertThat(reason).contains("minigpt.console.hosts"));
    }
}
