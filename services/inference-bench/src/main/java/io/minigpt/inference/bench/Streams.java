package io.minigpt.inference.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks the service for streams, each on a thread of its own. */
final class Streams implements AutoCloseable {

    private static final String DATA = "data: ";
    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    /** Text that is one token a piece; another character may take several, and how many a client cannot see. */
    private static final Charset ASCII = StandardCharsets.US_ASCII;

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final URI completions;
    private final String model;
    private final Shape shape;

    Streams(URI completions, String model, Shape shape) {
        this.completions = completions;
        this.model = model;
        this.shape = shape;
    }

    /** So many streams at the same time, each asking again as soon as it has its text, {@code rounds} times. */
    Load atATime(int streams, int rounds) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        List<Future<List<Answer>>> calls = new ArrayList<>();
        for (int stream = 0; stream < streams; stream++) {
            int seeds = stream * rounds;
            calls.add(threads.submit(() -> {
                List<Answer> answers = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    answers.add(ask(seeds + round, System.nanoTime())
                            .orElseThrow(() -> new IOException("a stream was refused")));
                }
                return answers;
            }));
        }
        List<Answer> answers = new ArrayList<>();
        for (Future<List<Answer>> call : calls) {
            answers.addAll(result(call));
        }
        return load(begin, answers, 0);
    }

    /**
     * Streams that come at random times, whether or not others have ended: each one's time counts from when it was to
     * begin.
     *
     * @param perSecond how many come in a second, on average (a Poisson process)
     */
    Load arriving(double perSecond, Duration time) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(1);
        List<Future<Optional<Answer>>> calls = new ArrayList<>();
        long begin = System.nanoTime();
        double at = 0;
        while (at < time.toNanos()) {
            long due = begin + (long) at;
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            int seed = calls.size();
            calls.add(threads.submit(() -> ask(seed, due)));
            at -= Math.log(1 - random.nextDouble()) / perSecond * 1e9;
        }
        List<Answer> answers = new ArrayList<>();
        int refused = 0;
        for (Future<Optional<Answer>> call : calls) {
            Optional<Answer> answer = result(call);
            answer.ifPresent(answers::add);
            refused += answer.isEmpty() ? 1 : 0;
        }
        return load(begin, answers, refused);
    }

    @Override
    public void close() {
        threads.close();
        client.close();
    }

    private static Load load(long begin, List<Answer> answers, int refused) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Load(answers.stream().mapToInt(Answer::tokens).sum() / seconds, answers, refused);
    }

    /** @return empty if it was sent away */
    private Optional<Answer> ask(long seed, long due) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(completions)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(shape.body(model, seed)))
                .build();
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            if (response.statusCode() == TOO_MANY) {
                return Optional.empty();
            }
            if (response.statusCode() != OK) {
                throw new IOException(response.statusCode() + ": " + lines.readLine());
            }
            return Optional.of(read(lines, due));
        }
    }

    private static Answer read(BufferedReader lines, long due) throws IOException {
        List<Duration> between = new ArrayList<>();
        long first = 0;
        long last = 0;
        int tokens = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(DATA + "{")) {
                long now = System.nanoTime();
                JsonNode chunk = MAPPER.readTree(line.substring(DATA.length()));
                if (chunk.has("error")) {
                    throw new IOException(line);
                }
                String text = chunk.at("/choices/0/text").asText();
                if (!text.isEmpty()) {
                    if (last == 0) {
                        first = now;
                    } else if (ASCII.newEncoder().canEncode(text)) {
                        between.add(Duration.ofNanos(now - last));
                    }
                    last = now;
                }
                tokens += chunk.at("/usage/completion_tokens").asInt();
            }
        }
        if (last == 0) {
            throw new IOException("a stream had no text");
        }
        return new Answer(Duration.ofNanos(first - due), between, tokens);
    }

    private static <T> T result(Future<T> call) throws IOException, InterruptedException {
        try {
            return call.get();
        } catch (ExecutionException e) {
            throw new IOException("a stream failed", e.getCause());
        }
    }
}
