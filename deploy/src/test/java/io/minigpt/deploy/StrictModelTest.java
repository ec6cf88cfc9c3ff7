package io.minigpt.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictModelTest {

    @ParameterizedTest
    @MethodSource("io.minigpt.deploy.Combination#all")
    void everyCombinationRendersToObjectsOfTheSchemaEachOnce(Combination combination) {
        // When
        Manifests manifests = combination.rendered();

        // Then
        assertThat(manifests.all())
                .extracting(
                        object -> object.getKind() + " " + object.getMetadata().getName())
                .doesNotHaveDuplicates()
                .contains("Namespace minigpt", "Deployment corpus", "Deployment console");
    }

    @Test
    void everyOverlayAndComponentIsInACombination() {
        // When
        Set<String> overlays = Combination.all().map(Combination::overlay).collect(Collectors.toSet());
        Set<String> components = Combination.all()
                .flatMap(combination -> combination.components().stream())
                .collect(Collectors.toSet());

        // Then
        assertThat(overlays).containsExactlyInAnyOrderElementsOf(Combination.folders("overlays"));
        assertThat(components).containsExactlyInAnyOrderElementsOf(Combination.folders("components"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {port: 1}}",
                "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{name: http, ports: 1}]}}",
                "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: {port: 1}}}",
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {spec: {containers:"
                        + " [{name: a, startupProbe: {httpGet: {path: /, prot: http}}}]}}}}",
                "{apiVersion: kafka.strimzi.io/v1, kind: KafkaTopic, metadata: {name: a}, spec: {partition: 1}}",
                "{apiVersion: v1, kind: Service, kind: Service, metadata: {name: a}}",
                "{apiVersion: v2, kind: Service, metadata: {name: a}}"
            })
    void refusesWhatTheSchemaDoesNotHave(String document) {
        // When, then
        assertThatThrownBy(() -> StrictModel.read(document)).isInstanceOf(AssertionError.class);
    }
}
