package io.minigpt.inference.http;

/** Refuses values of parameters by the parameter's name. */
final class Parameters {

    private Parameters() {}

    static int within(String param, int value, int least, int most) {
        require(value >= least && value <= most, param, "must be " + least + " to " + most);
        return value;
    }

    static double within(String param, double value, double least, double most) {
        require(value >= least && value <= most, param, "must be " + least + " to " + most);
        return value;
    }

    static <T> T orElse(T value, T other) {
        return value == null ? other : value;
    }

    static void require(boolean holds, String param, String rule) {
        if (!holds) {
            throw OpenAiException.invalid(param, "'" + param + "' " + rule);
        }
    }
}
