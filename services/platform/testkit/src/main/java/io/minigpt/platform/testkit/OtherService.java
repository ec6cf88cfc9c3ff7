package io.minigpt.platform.testkit;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;

/** Classes of any service but one. */
final class OtherService extends DescribedPredicate<JavaClass> {

    private static final List<String> SERVICES = List.of(
            "io.minigpt.corpus",
            "io.minigpt.qageneration",
            "io.minigpt.augmentation",
            "io.minigpt.tokenization",
            "io.minigpt.orchestrator",
            "io.minigpt.worker",
            "io.minigpt.registry",
            "io.minigpt.inference",
            "io.minigpt.console");

    private final String own;

    OtherService(String own) {
        super("belong to another service");
        this.own = own;
    }

    @Override
    public boolean test(JavaClass type) {
        return SERVICES.stream()
                .filter(service -> !service.equals(own))
                .anyMatch(service -> type.getPackageName().equals(service)
                        || type.getPackageName().startsWith(service + "."));
    }
}
