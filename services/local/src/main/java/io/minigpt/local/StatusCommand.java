package io.minigpt.local;

import io.minigpt.local.system.ProcessStatus;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "Show every process. The exit status is 0 if all are ready, otherwise 1.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private SystemOptions options;

    @Override
    public Integer call() throws InterruptedException {
        List<ProcessStatus> statuses = options.system().status();
        new StatusTable(statuses).lines().forEach(System.out::println);
        return statuses.stream().allMatch(ProcessStatus::isReady) ? 0 : Refusal.FAILED;
    }
}
