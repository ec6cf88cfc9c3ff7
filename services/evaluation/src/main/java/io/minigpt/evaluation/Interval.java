package io.minigpt.evaluation;

/**
 * Where a figure lies with a confidence of 95 %.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {}
