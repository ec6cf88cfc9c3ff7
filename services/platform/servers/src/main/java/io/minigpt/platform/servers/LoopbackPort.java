package io.minigpt.platform.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of this machine's loopback address, the only address that the servers listen on. */
public final class LoopbackPort {
    /** The IPv4 loopback address. */
    public static final String ADDRESS = "127.0.0.1";

    private LoopbackPort() {}

    /** A port that was free at the time of the call. */
    public static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS))) {
            return socket.getLocalPort();
        }
    }

    /** Whether a server could listen on {@code port} now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // as the servers themselves do: connections of an earlier process that still linger are no obstacle
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(ADDRESS, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    static void requireFree(int port, String user) {
        if (!isFree(port)) {
            throw new ServerStartException("Port " + port + " on " + ADDRESS + ", which " + user
                    + " needs, is already in use: stop the program that listens there or choose another port.");
        }
    }
}
