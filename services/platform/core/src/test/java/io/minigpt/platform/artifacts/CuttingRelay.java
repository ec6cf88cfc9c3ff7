package io.minigpt.platform.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes connections on to a port, and cuts the first of those that carry much after some bytes of the answer. */
final class CuttingRelay implements AutoCloseable {

    private static final int BUFFER = 8192;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int target;
    private final long cutAfter;
    private final AtomicInteger cutsLeft;

    /** @param cutAfter bytes of an answer */
    CuttingRelay(int target, long cutAfter, int cuts) throws IOException {
        this.target = target;
        this.cutAfter = cutAfter;
        this.cutsLeft = new AtomicInteger(cuts);
        threads.submit(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    int cutsLeft() {
        return cutsLeft.get();
    }

    private Void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
            threads.submit(() -> pass(client, there, Long.MAX_VALUE));
            threads.submit(() -> pass(there, client, cutAfter));
        }
    }

    private Void pass(Socket from, Socket to, long limit) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            long passed = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                passed += count;
                if (passed > limit && cutsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    return null;
                }
                out.write(buffer, 0, count);
            }
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
