package io.minigpt.inference.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request over a bare socket, which need not be read and can be lost like a cable that is pulled. */
final class RawCall implements AutoCloseable {

    private static final int SMALLEST_BUFFER = 4096;

    private final Socket socket = new Socket();

    /** @param name under which {@link WrittenBytes} knows it */
    RawCall(URI service, String name, String path, String body) throws IOException {
        socket.setReceiveBufferSize(SMALLEST_BUFFER);
        socket.connect(new InetSocketAddress(service.getHost(), service.getPort()));
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + WrittenBytes.NAME + ": " + name + "\r\nContent-Length: " + content.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(content);
    }

    /** Goes away with a reset instead of a farewell. */
    void lose() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
