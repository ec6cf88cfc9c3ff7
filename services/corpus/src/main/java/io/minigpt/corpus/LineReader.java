package io.minigpt.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Cuts a stream into lines at LF while holding at most one of them and never more than the longest allowed. */
final class LineReader {

    private static final int BUFFER = 64 * 1024;
    private static final int HEAD = 512;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final int maxLine;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private byte[] line = new byte[BUFFER];
    private int length;
    private boolean tooLong;
    private long number;
    private long offset;

    /**
     * @param in stands at a position
     * @param maxLine longest line, in bytes without its line end
     * @param from that position
     */
    LineReader(InputStream in, int maxLine, Position from) {
        this.in = in;
        this.maxLine = maxLine;
        this.number = from.line();
        this.offset = from.offset();
    }

    /** Where the last line that was read ends. */
    Position position() {
        return new Position(number, offset);
    }

    /** The next line; empty at the end of the stream. A last line needs no line end. */
    Optional<Line> next() throws IOException {
        length = 0;
        tooLong = false;
        boolean any = false;
        while (position < limit || fill()) {
            any = true;
            int end = lineEnd();
            append(end);
            boolean complete = end < limit;
            int next = complete ? end + 1 : end;
            offset += next - position;
            position = next;
            if (complete) {
                return Optional.of(line());
            }
        }
        return any ? Optional.of(line()) : Optional.empty();
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(in.read(buffer), 0);
        return limit > 0;
    }

    private int lineEnd() {
        int end = position;
        while (end < limit && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    private void append(int end) {
        int count = end - position;
        // one more than allowed: a CR may belong to the line end
        if (tooLong || length + count > maxLine + 1) {
            tooLong = true;
            count = Math.min(count, Math.max(0, Math.min(HEAD, maxLine) - length));
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.min(Math.max(line.length * 2, length + count), maxLine + 1));
        }
        System.arraycopy(buffer, position, line, length, count);
        length += count;
    }

    private Line line() {
        number++;
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        if (tooLong || end > maxLine) {
            return new Line.TooLong(number, Arrays.copyOf(line, Math.min(length, HEAD)));
        }
        boolean marked = number == 1
                && end >= BYTE_ORDER_MARK.length
                && Arrays.equals(line, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
        return new Line.Content(number, Arrays.copyOfRange(line, marked ? BYTE_ORDER_MARK.length : 0, end));
    }
}
