package io.minigpt.inference;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Keeps battles and votes, and tells of votes. */
public interface BattleLog {

    /** Keeps a battle that nobody has voted on. */
    void begin(Battle battle);

    /** A battle. */
    Optional<Battle> find(String id);

    /** Keeps a vote and tells of it, both or neither. @return whether it is the first on this battle */
    boolean vote(Battle battle, BattleVote vote);

    /** All votes on each pair at each temperature, or at one. */
    List<Tally> tallies(OptionalDouble temperature);
}
