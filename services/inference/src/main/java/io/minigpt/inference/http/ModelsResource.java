package io.minigpt.inference.http;

import io.minigpt.inference.AliasName;
import io.minigpt.inference.Deployments;
import io.minigpt.inference.ModelCatalog;
import io.minigpt.inference.ModelReference;
import io.minigpt.inference.ServableVersion;
import io.minigpt.inference.UnknownModelException;
import io.minigpt.inference.VersionId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The models that can be asked. */
@Path("/v1/models")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Models")
public class ModelsResource {

    private final ModelCatalog catalog;
    private final Deployments deployments;

    ModelsResource(ModelCatalog catalog, Deployments deployments) {
        this.catalog = catalog;
        this.deployments = deployments;
    }

    @GET
    @Operation(summary = "Every model by its name, then every version by its number")
    public ModelCard.Cards list() {
        List<ServableVersion> versions = catalog.versions();
        Stream<ModelCard> names = versions.stream()
                .map(version -> version.id().model())
                .distinct()
                .flatMap(this::byName);
        Stream<ModelCard> numbers =
                versions.stream().map(version -> card(version.id().toString(), version));
        return new ModelCard.Cards("list", Stream.concat(names, numbers).toList());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One model: name, name@alias or name:version")
    public ModelCard get(String id) {
        try {
            return card(id, deployments.resolve(ModelReference.parse(id)));
        } catch (UnknownModelException e) {
            throw OpenAiErrors.of(e);
        }
    }

    private Stream<ModelCard> byName(String model) {
        try {
            return Stream.of(card(model, deployments.resolve(new ModelReference.ByName(model))));
        } catch (UnknownModelException e) {
            // it has versions, but none of the configured aliases
            return Stream.of();
        }
    }

    private ModelCard card(String id, ServableVersion version) {
        VersionId number = version.id();
        Map<AliasName, VersionId> serving = deployments.serving();
        return new ModelCard(
                id,
                "model",
                version.since().getEpochSecond(),
                "minigpt",
                number.toString(),
                version.stage().name().toLowerCase(Locale.ROOT),
                deployments.loaded().contains(number),
                serving.entrySet().stream()
                        .filter(alias -> alias.getValue().equals(number))
                        .map(alias -> alias.getKey().alias())
                        .sorted()
                        .toList());
    }
}
