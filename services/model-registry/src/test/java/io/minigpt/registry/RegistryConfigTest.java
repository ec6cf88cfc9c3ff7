package io.minigpt.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryConfigTest {

    @Test
    void defaults() {
        RegistryConfig.Promotion promotion = promotion(Map.of());

        assertThat(promotion.policy()).isEqualTo(RegistryConfig.Policy.ALWAYS);
        assertThat(promotion.tolerance()).isZero();
        assertThat(promotion.sftMetric()).isEqualTo("rougeL.unseen");
        assertThat(promotion.pretrainMetric()).isEqualTo("bitsPerByte.validation");
    }

    @Test
    void explicit() {
        RegistryConfig.Promotion promotion = promotion(Map.of(
                "minigpt.registry.promotion.policy", "not-worse",
                "minigpt.registry.promotion.tolerance", "0.02",
                "minigpt.registry.promotion.sft-metric", "exactMatch.unseen",
                "minigpt.registry.promotion.pretrain-metric", "rougeL.continuation"));

        assertThat(PromotionPolicy.of(promotion, false).comparison())
                .contains(new PromotionPolicy.Comparison("exactMatch.unseen", -0.02));
        assertThat(PromotionPolicy.of(promotion, true).comparison())
                .contains(new PromotionPolicy.Comparison("rougeL.continuation", -0.02));
    }

    @Test
    void refusesAnUnknownPolicyByName() {
        assertThatThrownBy(() -> promotion(Map.of("minigpt.registry.promotion.policy", "sometimes")))
                .hasMessageContaining("minigpt.registry.promotion.policy");
    }

    private static RegistryConfig.Promotion promotion(Map<String, String> values) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withMapping(RegistryConfig.class);
        values.forEach(builder::withDefaultValue);
        return builder.build().getConfigMapping(RegistryConfig.class).promotion();
    }
}
