package io.minigpt.local;

import io.minigpt.local.system.ServiceLogs;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Show the end of the logs.")
final class LogsCommand implements Callable<Integer> {
    @Mixin
    private SystemOptions options;

    @Parameters(paramLabel = "<service>", arity = "0..*", description = "Whose logs (default: all).")
    private List<String> services = List.of();

    @Option(names = "-f", description = "Go on with what is written from now on, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "-n",
            paramLabel = "<lines>",
            defaultValue = "100",
            description = "Lines of each log (default: 100).")
    private int lines;

    @Override
    public Integer call() throws InterruptedException {
        ServiceLogs.show(options.installation().home(), services, lines, follow);
        return 0;
    }
}
