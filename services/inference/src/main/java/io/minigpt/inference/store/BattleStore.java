package io.minigpt.inference.store;

import com.google.protobuf.Timestamp;
import io.minigpt.inference.Battle;
import io.minigpt.inference.BattleLog;
import io.minigpt.inference.BattleVote;
import io.minigpt.inference.Tally;
import io.minigpt.inference.VersionId;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.events.Outbox;
import io.minigpt.proto.inference.v1.BattleVoted;
import io.minigpt.proto.inference.v1.Vote;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Battles in the database. */
@ApplicationScoped
class BattleStore implements BattleLog {

    private final Database database;
    private final Outbox outbox;

    BattleStore(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    @Override
    public void begin(Battle battle) {
        database.run(transaction -> transaction
                .createUpdate("""
                        insert into battle (id, prompt, temperature, model_a, version_a, model_b, version_b)
                        values (:id, :prompt, :temperature, :modelA, :versionA, :modelB, :versionB)
                        """)
                .bind("id", battle.id())
                .bind("prompt", battle.prompt())
                .bind("temperature", battle.temperature())
                .bind("modelA", battle.a().model())
                .bind("versionA", battle.a().version())
                .bind("modelB", battle.b().model())
                .bind("versionB", battle.b().version())
                .execute());
    }

    @Override
    public Optional<Battle> find(String id) {
        return database.read(transaction -> transaction
                .createQuery("select * from battle where id = :id")
                .bind("id", id)
                .map((row, context) -> new Battle(
                        row.getString("id"),
                        row.getString("prompt"),
                        row.getDouble("temperature"),
                        new VersionId(row.getString("model_a"), row.getInt("version_a")),
                        new VersionId(row.getString("model_b"), row.getInt("version_b")),
                        Optional.ofNullable(row.getString("vote"))
                                .map(vote -> BattleVote.valueOf(vote.toUpperCase(Locale.ROOT)))))
                .findOne());
    }

    @Override
    public boolean vote(Battle battle, BattleVote vote) {
        return database.transact(transaction -> {
            Optional<Instant> at = transaction
                    .createQuery("""
                            update battle set vote = :vote, voted_at = clock_timestamp()
                            where id = :id and vote is null returning voted_at
                            """)
                    .bind("id", battle.id())
                    .bind("vote", vote.name().toLowerCase(Locale.ROOT))
                    .mapTo(Instant.class)
                    .findOne();
            at.ifPresent(time -> outbox.publish(transaction, battle.a().model(), event(battle, vote, time)));
            return at.isPresent();
        });
    }

    @Override
    public List<Tally> tallies(OptionalDouble temperature) {
        // a pair has one row, whichever side each stood on
        return database.read(transaction -> transaction
                .createQuery("""
                        with voted as (
                            select (model_a, version_a) > (model_b, version_b) as swapped, *
                            from battle where vote is not null and (:any or temperature = :temperature))
                        select case when swapped then model_b else model_a end as model_one,
                               case when swapped then version_b else version_a end as version_one,
                               case when swapped then model_a else model_b end as model_other,
                               case when swapped then version_a else version_b end as version_other,
                               voted.temperature,
                               count(*) filter (where voted.vote = case when swapped then 'b' else 'a' end) as wins_one,
                               count(*) filter (where voted.vote = case when swapped then 'a' else 'b' end) as wins_other,
                               count(*) filter (where voted.vote = 'tie') as ties,
                               count(*) filter (where voted.vote = 'both_bad') as both_bad
                        from voted group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
                        """)
                .bind("any", temperature.isEmpty())
                .bind("temperature", temperature.orElse(0))
                .map((row, context) -> new Tally(
                        new VersionId(row.getString("model_one"), row.getInt("version_one")),
                        new VersionId(row.getString("model_other"), row.getInt("version_other")),
                        row.getDouble("temperature"),
                        row.getInt("wins_one"),
                        row.getInt("wins_other"),
                        row.getInt("ties"),
                        row.getInt("both_bad")))
                .list());
    }

    private static BattleVoted event(Battle battle, BattleVote vote, Instant at) {
        return BattleVoted.newBuilder()
                .setBattleId(battle.id())
                .setModelA(battle.a().model())
                .setVersionA(battle.a().version())
                .setModelB(battle.b().model())
                .setVersionB(battle.b().version())
                .setTemperature(battle.temperature())
                .setVote(
                        switch (vote) {
                            case A -> Vote.VOTE_A;
                            case B -> Vote.VOTE_B;
                            case TIE -> Vote.VOTE_TIE;
                            case BOTH_BAD -> Vote.VOTE_BOTH_BAD;
                        })
                .setVotedAt(
                        Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()))
                .build();
    }
}
