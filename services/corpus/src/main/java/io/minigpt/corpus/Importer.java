package io.minigpt.corpus;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/**
 * Reads JSON lines of any number in constant memory: what a line holds goes to the corpus in batches, what is wrong with
 * a line is reported with its number. A body that breaks off leaves what was stored before; sending it again adds the
 * rest.
 */
@ApplicationScoped
public class Importer {

    private static final Logger LOG = Logger.getLogger(Importer.class);

    private final CorpusLedger ledger;
    private final CorpusConfig config;
    private final StrictJson json;

    public Importer(CorpusLedger ledger, CorpusConfig config) {
        this.ledger = ledger;
        this.config = config;
        this.json = new StrictJson(config.maxNesting());
    }

    /** Imports documents. The body is read, not closed. */
    public ImportResult documents(CorpusName corpus, InputStream body) {
        return read(corpus, Kind.DOCUMENT, body, LineFormat::document, ledger::admitDocuments);
    }

    /** Imports curated questions. The body is read, not closed. */
    public ImportResult questions(CorpusName corpus, InputStream body) {
        return read(corpus, Kind.QUESTION, body, LineFormat::question, ledger::admitQuestions);
    }

    private <C extends Candidate> ImportResult read(
            CorpusName corpus,
            Kind kind,
            InputStream body,
            LineFormat<C> format,
            BiFunction<CorpusName, List<C>, Admitted> admit) {
        String id = UUID.randomUUID().toString();
        Instant startedAt = Instant.now();
        Tally tally = new Tally(config.maxRejections());
        LineReader lines = new LineReader(body, Math.toIntExact(config.maxLine().asLongValue()));
        String brokenOff = null;
        List<C> batch = new ArrayList<>();
        long bytes = 0;
        try {
            for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                bytes += take(line.get(), corpus, format, batch, tally);
                if (batch.size() >= config.batchLines()
                        || bytes >= config.batchBytes().asLongValue()) {
                    tally.add(admit.apply(corpus, List.copyOf(batch)));
                    batch.clear();
                    bytes = 0;
                }
            }
        } catch (IOException e) {
            brokenOff = "after line " + lines.number() + ": " + describe(e);
            LOG.warnf("import %s into %s broke off %s", id, corpus, brokenOff);
        }
        tally.add(admit.apply(corpus, List.copyOf(batch)));
        ImportReport report = tally.report(id, corpus, kind, brokenOff, startedAt);
        return new ImportResult(report, ledger.finish(report));
    }

    private static String describe(IOException e) {
        boolean closed = e instanceof ClosedChannelException || e.getCause() instanceof ClosedChannelException;
        return closed ? "the client closed the connection" : e.getMessage();
    }

    /** Adds what the line holds to the batch. @return bytes that it added */
    private <C extends Candidate> int take(
            Line line, CorpusName corpus, LineFormat<C> format, List<C> batch, Tally tally) {
        switch (line) {
            case Line.TooLong(long number) ->
                tally.reject(number, "longer than " + config.maxLine().asLongValue() + " bytes");
            case Line.Content content when content.isBlank() -> tally.skip();
            case Line.Content(long number, byte[] bytes) -> {
                try {
                    batch.add(format.read(corpus, json.object(bytes)));
                    return bytes.length;
                } catch (RefusedLineException e) {
                    tally.reject(number, e.getMessage());
                }
            }
        }
        return 0;
    }
}
