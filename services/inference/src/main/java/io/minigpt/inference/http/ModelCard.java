package io.minigpt.inference.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A model that can be asked.
 *
 * @param id what to ask for
 * @param object model
 * @param created seconds since 1970 at which the version was registered
 * @param ownedBy minigpt
 * @param root the version that answers, name:version
 * @param stage sft if it answers questions, pretrain if it continues texts only
 * @param loaded whether the version is in memory; another is loaded on demand
 * @param aliases the aliases that mean the version now
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Model")
public record ModelCard(
        String id,
        String object,
        long created,
        String ownedBy,
        String root,
        String stage,
        boolean loaded,
        List<String> aliases) {

    /** All of them. @param object list */
    @Schema(name = "ModelList")
    public record Cards(String object, List<ModelCard> data) {}
}
