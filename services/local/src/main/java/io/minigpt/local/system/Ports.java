package io.minigpt.local.system;

/**
 * The ports of one local system.
 *
 * @param offset added to every port, so that two systems can run on one machine
 */
public record Ports(int offset) {
    private static final int POSTGRES = 15_432;
    private static final int KAFKA = 19_092;
    private static final int KAFKA_CONTROLLER = 19_093;
    private static final int HIGHEST = 65_535;

    public Ports {
        if (offset < 0 || KAFKA_CONTROLLER + offset > HIGHEST) {
            throw new IllegalArgumentException(
                    "port offset: " + offset + " is not between 0 and " + (HIGHEST - KAFKA_CONTROLLER));
        }
    }

    /** Port of a service. */
    public int of(Service service) {
        return service.port() + offset;
    }

    int postgres() {
        return POSTGRES + offset;
    }

    int kafka() {
        return KAFKA + offset;
    }

    int kafkaController() {
        return KAFKA_CONTROLLER + offset;
    }
}
