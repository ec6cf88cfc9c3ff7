package io.minigpt.corpus;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Reads JSON lines of any number in constant memory: what a line holds goes to the corpus in batches, what is wrong with
 * a line is reported with its number. While one batch is stored the next ones are read and parsed.
 */
@ApplicationScoped
public class Importer {

    private static final Logger LOG = Logger.getLogger(Importer.class);
    private static final int BATCHES = 3;

    private final ImportLedger ledger;
    private final CorpusConfig config;
    private final StrictJson json;

    public Importer(ImportLedger ledger, CorpusConfig config) {
        this.ledger = ledger;
        this.config = config;
        this.json = new StrictJson(config.maxNesting());
    }

    /**
     * Imports a body from its beginning. One that breaks off leaves what was stored before; sending it again adds the
     * rest.
     *
     * @param body is read, not closed
     * @return id of the import
     */
    public String stream(CorpusName corpus, Kind kind, InputStream body) {
        ImportOrder order = new ImportOrder(UUID.randomUUID().toString(), corpus, kind);
        ledger.begin(order);
        ledger.end(order, read(order, body, Position.START, ledger, () -> {}));
        return order.id();
    }

    /**
     * Reads a body to its end.
     *
     * @param body stands at the position; is read, not closed
     * @param ledger takes what it holds
     * @param pulse called before every batch; what it throws stops the import
     * @return why the body could not be read to its end, if it could not; what came before is stored
     */
    public Optional<String> read(
            ImportOrder order, InputStream body, Position from, ImportLedger ledger, Runnable pulse) {
        LineReader lines = new LineReader(body, Math.toIntExact(config.maxLine().asLongValue()), from);
        return switch (order.kind()) {
            case DOCUMENT ->
                read(order, lines, parser(order, documents()), batch -> ledger.storeDocuments(order, batch), pulse);
            case QUESTION ->
                read(order, lines, parser(order, questions()), batch -> ledger.storeQuestions(order, batch), pulse);
        };
    }

    private <C extends Candidate> Optional<String> read(
            ImportOrder order, LineReader lines, LineParser<C> parser, Consumer<Batch<C>> store, Runnable pulse) {
        Optional<String> brokenOff = Optional.empty();
        try (Pipeline pipeline = new Pipeline(BATCHES)) {
            List<Line> some = new ArrayList<>();
            do {
                pulse.run();
                some.clear();
                try {
                    fill(some, lines);
                } catch (IOException e) {
                    brokenOff = Optional.of("after line " + lines.position().line() + ": " + describe(e));
                    LOG.warnf("import %s into %s broke off %s", order.id(), order.corpus(), brokenOff.get());
                }
                if (!some.isEmpty()) {
                    List<Line> batch = List.copyOf(some);
                    Position end = lines.position();
                    pipeline.add(() -> parser.parse(batch, end), store);
                }
            } while (!some.isEmpty() && brokenOff.isEmpty());
            pipeline.finish();
        }
        return brokenOff;
    }

    /** Adds lines up to the size of a batch; none at the end of the body. */
    private void fill(List<Line> batch, LineReader lines) throws IOException {
        long bytes = 0;
        while (batch.size() < config.batchLines() && bytes < config.batchBytes().asLongValue()) {
            Optional<Line> line = lines.next();
            if (line.isEmpty()) {
                return;
            }
            batch.add(line.get());
            bytes += line.get().bytes().length;
        }
    }

    private static String describe(IOException e) {
        if (e instanceof ClosedChannelException || e.getCause() instanceof ClosedChannelException) {
            return "the client closed the connection";
        }
        return e instanceof EOFException ? "the compressed body is cut short" : e.getMessage();
    }

    private <C extends Candidate> LineParser<C> parser(ImportOrder order, LineFormat<C> format) {
        return new LineParser<>(
                order.corpus(), format, json, Math.toIntExact(config.maxLine().asLongValue()));
    }

    private LineFormat<Document> documents() {
        return new DocumentFormat(
                Normalisation.of(config.normalisation()),
                Quality.of(config.quality()),
                config.nearDuplicates().enabled());
    }

    private LineFormat<Question> questions() {
        return new QuestionFormat(Normalisation.of(config.normalisation()));
    }
}
