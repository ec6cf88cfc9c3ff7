package io.minigpt.gpt.data;

import io.minigpt.gpt.configuration.LossScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Windows packed with whole fine-tuning records. Every epoch has each record once, in an order of its own; a window
 * takes the next record and then, of the {@value #LOOKAHEAD} that follow, those that fit. Unless records are to see those
 * before them in a window, each is seen as if it were alone: its positions count from 0 and its tokens see no other. A
 * record that is longer than a window is cut, and so has no end token.
 */
public final class PackedRecords implements Batches {
    private static final int LOOKAHEAD = 64;

    private final TokenFile file;
    private final RecordTable records;
    private final int rows;
    private final int columns;
    private final long seed;
    private final LossScope loss;
    private final boolean acrossRecords;

    private long epoch;
    private long firstWindow;
    private List<int[]> windows;

    /**
     * @param rows windows of a batch
     * @param columns tokens of a window
     * @param loss the targets that count
     * @param acrossRecords whether a record sees those before it in its window
     */
    public PackedRecords(
            TokenFile file,
            RecordTable records,
            int rows,
            int columns,
            long seed,
            LossScope loss,
            boolean acrossRecords) {
        for (int i = 0; i < records.size(); i++) {
            if (records.firstToken()[i] + records.tokens()[i] > file.size()) {
                throw new IllegalArgumentException(
                        "record " + i + " ends after the last of " + file.size() + " tokens");
            }
        }
        this.file = file;
        this.records = records;
        this.rows = rows;
        this.columns = columns;
        this.seed = seed;
        this.loss = loss;
        this.acrossRecords = acrossRecords;
        this.windows = pack(0);
    }

    /** How many records are so long that their end token, the last but one, is cut off. */
    public int cutRecords() {
        int cut = 0;
        for (int tokens : records.tokens()) {
            cut += tokens - 2 > columns ? 1 : 0;
        }
        return cut;
    }

    /** The number of batches that hold every record once, the last of them shared with the next epoch. */
    public int batchesPerEpoch() {
        return (pack(0).size() + rows - 1) / rows;
    }

    @Override
    public synchronized Batch batch(long number) {
        Batch batch = acrossRecords ? Batch.empty(rows, columns) : Batch.emptyPacked(rows, columns);
        for (int row = 0; row < rows; row++) {
            int column = 0;
            for (int item : window(number * rows + row)) {
                column = fill(batch, row, column, item);
            }
        }
        return batch;
    }

    private int[] window(long number) {
        if (number < firstWindow) {
            epoch = 0;
            firstWindow = 0;
            windows = pack(0);
        }
        while (number >= firstWindow + windows.size()) {
            firstWindow += windows.size();
            windows = pack(++epoch);
        }
        return windows.get((int) (number - firstWindow));
    }

    private List<int[]> pack(long epoch) {
        Deque<Integer> left = new ArrayDeque<>(shuffled(new SplittableRandom(Mix.of(seed, epoch))));
        List<int[]> packed = new ArrayList<>();
        while (!left.isEmpty()) {
            List<Integer> window = new ArrayList<>();
            int room = columns;
            Iterator<Integer> next = left.iterator();
            for (int looked = 0; next.hasNext() && looked < LOOKAHEAD; looked++) {
                int item = next.next();
                int size = inputs(records.tokens()[item]);
                if (window.isEmpty() || size <= room) {
                    window.add(item);
                    room -= Math.min(size, room);
                    next.remove();
                }
            }
            packed.add(window.stream().mapToInt(Integer::intValue).toArray());
        }
        return packed;
    }

    private List<Integer> shuffled(SplittableRandom random) {
        int[] order = new int[records.size()];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        List<Integer> list = new ArrayList<>(order.length);
        for (int item : order) {
            list.add(item);
        }
        return list;
    }

    /** A record's last token, a newline, predicts nothing that belongs to it: it is a target only. */
    private static int inputs(int tokens) {
        return tokens - 1;
    }

    private int fill(Batch batch, int row, int column, int item) {
        long first = records.firstToken()[item];
        int tokens = records.tokens()[item];
        int end = Math.min(columns, column + inputs(tokens));
        int firstCounted = loss == LossScope.ANSWER ? records.promptTokens()[item] : 1;
        int lastCounted = loss == LossScope.ANSWER ? tokens - 2 : tokens - 1;
        for (int i = 0; column < end; i++, column++) {
            int at = row * columns + column;
            batch.inputs()[at] = file.get(first + i);
            if (batch.packed()) {
                batch.positions()[at] = i;
            }
            if (i + 1 >= firstCounted && i + 1 <= lastCounted) {
                batch.targets()[at] = file.get(first + i + 1);
            }
        }
        return column;
    }
}
