package io.minigpt.inference;

/**
 * The votes on two versions at one temperature.
 *
 * @param a the version that comes first in the alphabet
 * @param b the other
 * @param temperature sampling temperature of both
 * @param winsA battles that {@code a} won, on whichever side it stood
 * @param winsB battles that {@code b} won
 * @param ties battles without a winner, both as good
 * @param bothBad battles without a winner, neither good
 */
public record Tally(VersionId a, VersionId b, double temperature, int winsA, int winsB, int ties, int bothBad) {

    /** All of them. */
    public int battles() {
        return winsA + winsB + ties + bothBad;
    }
}
