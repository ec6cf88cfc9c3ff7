package io.minigpt.console;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The console's configuration as its defaults have it, with some settings changed. */
final class LocalConsole {

    private LocalConsole() {}

    static ConsoleConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ConsoleConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(ConsoleConfig.class);
    }
}
