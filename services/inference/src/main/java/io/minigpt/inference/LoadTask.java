package io.minigpt.inference;

import java.util.Optional;

/** What the loader has to do next. */
sealed interface LoadTask {

    /** Load a version, for an alias or, without one, for a caller who named it. */
    record Load(ServableVersion version, Optional<AliasName> alias) implements LoadTask {}

    /** Say that a version cannot be loaded. */
    record Refuse(Load load, String reason) implements LoadTask {}

    /** Let an alias mean a version that is loaded already. */
    record Switch(AliasName alias, VersionId id) implements LoadTask {}
}
