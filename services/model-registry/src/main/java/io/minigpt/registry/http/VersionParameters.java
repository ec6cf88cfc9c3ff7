package io.minigpt.registry.http;

import io.minigpt.registry.FigureCondition;
import io.minigpt.registry.ModelStage;
import io.minigpt.registry.References;
import io.minigpt.registry.VersionFilter;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which versions are wanted; a {@code @BeanParam} of what chooses among versions. */
public class VersionParameters {

    @Parameter(description = "pretrain or sft")
    @QueryParam("stage")
    public String stage;

    @Parameter(description = "Only the version that has this alias")
    @QueryParam("alias")
    public String alias;

    @Parameter(description = "Only those trained on it: name or name:version")
    @QueryParam("dataset")
    public String dataset;

    @Parameter(description = "Only those registered at this time or later, such as 2026-01-31T12:00:00Z")
    @QueryParam("since")
    public String since;

    @Parameter(description = "Only those registered before this time")
    @QueryParam("until")
    public String until;

    @Parameter(description = "Only those that descend from this version: name:version")
    @QueryParam("ancestor")
    public String ancestor;

    @Parameter(description = "Only those with this tag")
    @QueryParam("tag")
    public String tag;

    @Parameter(description = "Only those with such a figure, as rougeL.unseen>=0.3; may be given several times")
    @QueryParam("figure")
    public List<String> figure;

    /** The same, checked. @throws io.minigpt.platform.InvalidRequestException naming the parameter that is wrong */
    VersionFilter filter() {
        Optional<String> named = Optional.ofNullable(dataset);
        int colon = dataset == null ? -1 : dataset.indexOf(':');
        return new VersionFilter(
                Optional.ofNullable(stage).map(ModelStage::labelled),
                Optional.ofNullable(alias),
                colon < 0 ? named : named.map(text -> text.substring(0, colon)),
                colon < 0
                        ? Optional.empty()
                        : named.map(text -> References.number("dataset", text.substring(colon + 1))),
                Optional.ofNullable(since).map(text -> Names.time("since", text)),
                Optional.ofNullable(until).map(text -> Names.time("until", text)),
                Optional.ofNullable(ancestor).map(text -> References.version("ancestor", text)),
                Optional.ofNullable(tag),
                figure == null
                        ? List.of()
                        : figure.stream().map(FigureCondition::parse).toList());
    }
}
