package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.inference.Registry;
import io.minigpt.inference.RegistryFactsBefore;
import io.minigpt.inference.Stage;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.inference.v1.BattleVoted;
import io.minigpt.proto.inference.v1.Vote;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(RegistryFactsBefore.class)
class ArenaIT {

    private static final String NAMED =
            "{\"prompt\": \"长城在哪里？\", \"temperature\": 0.7, \"models\": [\"red\", \"blue\"], \"blind\": %s}";
    private static boolean served;

    @TestHTTPResource("/")
    URI service;

    private Caller caller;

    @BeforeEach
    void serve() {
        if (!served) {
            try (EventProbe probe = new EventProbe()) {
                new Registry(probe).serve("red", Stage.SFT, " 红", "色");
                new Registry(probe).serve("blue", Stage.PRETRAIN, "蓝色");
            }
            served = true;
        }
        caller = new Caller(service);
    }

    @AfterEach
    void close() {
        caller.close();
    }

    @Test
    void twoNamedModelsAnswerSideBySideAndAVoteIsTold() throws Exception {
        List<JsonNode> events = battle(NAMED.formatted("false"));
        String id = events.getFirst().path("battle").asText();

        assertThat(events.getFirst().path("a").asText()).isEqualTo("red:1");
        assertThat(events.getFirst().path("b").asText()).isEqualTo("blue:1");
        assertThat(texts(events)).isEqualTo(Map.of("a", "红色", "b", "蓝色"));
        assertThat(events.stream().filter(event -> event.path("finish").asText().equals("end_of_text")))
                .hasSize(2);

        HttpResponse<String> voted = vote(id, "b");

        assertThat(Caller.json(voted))
                .isEqualTo(Caller.json("{\"battle\":\"" + id + "\",\"a\":\"red:1\",\"b\":\"blue:1\",\"vote\":\"b\"}"));
        try (EventProbe probe = new EventProbe()) {
            BattleVoted fact = probe.await(
                            BattleVoted.class, vote -> vote.getBattleId().equals(id))
                    .data();
            assertThat(fact.getModelA()).isEqualTo("red");
            assertThat(fact.getVersionB()).isEqualTo(1);
            assertThat(fact.getTemperature()).isEqualTo(0.7);
            assertThat(fact.getVote()).isEqualTo(Vote.VOTE_B);
        }
        assertThat(vote(id, "a").statusCode()).isEqualTo(409);
    }

    @Test
    void sidesOfABlindBattleAreSwappedAtRandomAndToldAfterTheVote() throws Exception {
        Set<String> first = new HashSet<>();
        for (int i = 0; i < 40 && first.size() < 2; i++) {
            List<JsonNode> events = battle(NAMED.formatted("true"));
            assertThat(events.getFirst().has("a")).isFalse();
            JsonNode voted = Caller.json(vote(events.getFirst().path("battle").asText(), "tie"));
            assertThat(texts(events).get("a"))
                    .isEqualTo(voted.path("a").asText().equals("red:1") ? "红色" : "蓝色");
            first.add(voted.path("a").asText());
        }
        assertThat(first).containsExactlyInAnyOrder("red:1", "blue:1");
    }

    @Test
    void theLeaderboardCountsVotesOnWhicheverSide() throws Exception {
        // Given three battles at one temperature that red wins, twice from the first side and once from the second
        for (String models : List.of("[\"red\", \"blue\"]", "[\"red\", \"blue\"]", "[\"blue\", \"red\"]")) {
            String id = battle(
                            "{\"prompt\": \"p\", \"temperature\": 1.25, \"blind\": false, \"models\": " + models + "}")
                    .getFirst()
                    .path("battle")
                    .asText();
            vote(id, models.startsWith("[\"red") ? "a" : "b");
        }

        JsonNode board = Caller.json(caller.get("/api/arena/leaderboard?temperature=1.25"));

        assertThat(board.path("pairs"))
                .containsExactly(
                        Caller.json(
                                "{\"a\":\"blue:1\",\"b\":\"red:1\",\"temperature\":1.25,\"winsA\":0,\"winsB\":3,\"ties\":0,\"bothBad\":0}"));
        JsonNode best = board.at("/groups/0/ratings/0");
        assertThat(best.path("model").asText()).isEqualTo("red:1");
        assertThat(best.path("battles").asInt()).isEqualTo(3);
        assertThat(best.path("rating").asDouble()).isGreaterThan(1000);
        assertThat(Caller.json(caller.get("/api/arena/leaderboard?temperature=1.9"))
                        .path("groups"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"temperature\":1}                                             | 400 | prompt",
                "{\"prompt\":\"a\",\"temperature\":3}                            | 400 | temperature",
                "{\"prompt\":\"a\",\"temperature\":1,\"models\":[\"red\"]}       | 400 | models",
                "{\"prompt\":\"a\",\"temperature\":1,\"models\":[\"red\",\"x\"]} | 400 | x",
                "{\"prompt\":\"a\",\"temperature\":1,\"models\":[\"red\",\"red:1\"]} | 400 | red:1",
            })
    void aBattleThatCannotBeIsAProblem(String body, int status, String named) throws Exception {
        HttpResponse<String> response = caller.post("/api/arena/battles", body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Caller.json(response).path("detail").asText()).contains(named);
    }

    @Test
    void aVoteThatCannotBeIsAProblem() throws Exception {
        assertThat(vote("00000000-0000-0000-0000-000000000000", "a").statusCode())
                .isEqualTo(404);
        assertThat(vote("nothing", "a").statusCode()).isEqualTo(404);
        assertThat(vote("nothing", "c").statusCode()).isEqualTo(400);
    }

    private List<JsonNode> battle(String body) throws Exception {
        HttpResponse<String> response = caller.post("/api/arena/battles", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        List<String> events = Caller.events(response.body());
        assertThat(events.getLast()).isEqualTo("[DONE]");
        return events.subList(0, events.size() - 1).stream().map(Caller::json).toList();
    }

    private HttpResponse<String> vote(String battle, String vote) throws Exception {
        return caller.post("/api/arena/battles/" + battle + "/vote", "{\"vote\": \"" + vote + "\"}");
    }

    private static Map<String, String> texts(List<JsonNode> events) {
        return events.stream()
                .filter(event -> event.has("text"))
                .collect(Collectors.groupingBy(
                        event -> event.path("side").asText(),
                        Collectors.mapping(event -> event.path("text").asText(), Collectors.joining())));
    }
}
