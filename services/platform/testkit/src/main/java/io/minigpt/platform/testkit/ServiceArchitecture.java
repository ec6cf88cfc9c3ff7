package io.minigpt.platform.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The rules that every service's classes keep: the inside knows nothing of the outside. */
public final class ServiceArchitecture {

    private ServiceArchitecture() {}

    /**
     * Checks one service.
     *
     * @param root root package of the service, such as {@code io.minigpt.corpus}
     */
    public static void check(String root) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(root);
        noClasses()
                .that()
                .resideInAPackage(root)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.ws.rs..",
                        "org.apache.kafka..",
                        "java.sql..",
                        "org.jdbi..",
                        "org.eclipse.microprofile.reactive..")
                .because("the root package holds domain, use cases and ports; adapters depend on it")
                .allowEmptyShould(true)
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .dependOnClassesThat(new OtherService(root))
                .because("no service imports another")
                .allowEmptyShould(true)
                .check(classes);
    }
}
