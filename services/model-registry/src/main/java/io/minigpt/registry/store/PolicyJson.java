package io.minigpt.registry.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minigpt.registry.PromotionPolicy;
import io.minigpt.registry.PromotionPolicy.Check;
import io.minigpt.registry.PromotionPolicy.Comparison;
import io.minigpt.registry.PromotionPolicy.Mode;
import io.minigpt.registry.PromotionPolicy.Veto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Policies and checks as they stand in columns. */
final class PolicyJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PolicyJson() {}

    static String write(PromotionPolicy policy) {
        ObjectNode json = JSON.createObjectNode().put("mode", policy.mode().label());
        policy.comparison()
                .ifPresent(comparison -> json.putObject("comparison")
                        .put("figure", comparison.figure())
                        .put("margin", comparison.margin()));
        ArrayNode vetoes = json.putArray("vetoes");
        for (Veto veto : policy.vetoes()) {
            ObjectNode one = vetoes.addObject().put("figure", veto.figure());
            veto.least().ifPresent(least -> one.put("least", least));
            veto.most().ifPresent(most -> one.put("most", most));
        }
        return json.toString();
    }

    static PromotionPolicy read(String text) {
        JsonNode json = parse(text);
        List<Veto> vetoes = new ArrayList<>();
        json.path("vetoes")
                .forEach(veto -> vetoes.add(
                        new Veto(veto.path("figure").asText(), number(veto, "least"), number(veto, "most"))));
        return new PromotionPolicy(
                Mode.labelled(json.path("mode").asText()),
                Optional.ofNullable(json.get("comparison"))
                        .map(comparison -> new Comparison(
                                comparison.path("figure").asText(),
                                comparison.path("margin").doubleValue())),
                vetoes);
    }

    static String write(List<Check> checks) {
        ArrayNode json = JSON.createArrayNode();
        for (Check check : checks) {
            ObjectNode one = json.addObject().put("figure", check.figure());
            check.value().ifPresent(value -> one.put("value", value));
            check.champion().ifPresent(value -> one.put("champion", value));
            one.put("passed", check.passed()).put("reason", check.reason());
        }
        return json.toString();
    }

    static List<Check> readChecks(String text) {
        List<Check> checks = new ArrayList<>();
        parse(text)
                .forEach(check -> checks.add(new Check(
                        check.path("figure").asText(),
                        Optional.ofNullable(check.get("value")).map(JsonNode::doubleValue),
                        Optional.ofNullable(check.get("champion")).map(JsonNode::doubleValue),
                        check.path("passed").booleanValue(),
                        check.path("reason").asText())));
        return checks;
    }

    private static OptionalDouble number(JsonNode json, String name) {
        return json.hasNonNull(name) ? OptionalDouble.of(json.get(name).doubleValue()) : OptionalDouble.empty();
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored policy or decision cannot be read", e);
        }
    }
}
