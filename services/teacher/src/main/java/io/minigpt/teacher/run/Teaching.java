package io.minigpt.teacher.run;

import io.minigpt.teacher.TeacherReply;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What the teacher calls of a run took.
 *
 * @param calls calls that brought a reply
 * @param retries calls before them that brought none
 * @param tokensIn tokens sent
 * @param tokensOut tokens received
 * @param latencyMillis time of the calls that brought a reply, one after another
 * @param cost their price
 */
public record Teaching(long calls, long retries, long tokensIn, long tokensOut, long latencyMillis, BigDecimal cost) {

    /** SQL that sums the calls of the run {@code :run}. */
    static final String SUM = """
            select count(*) as calls, coalesce(sum(retries), 0) as retries, coalesce(sum(tokens_in), 0) as tokens_in,
                   coalesce(sum(tokens_out), 0) as tokens_out, coalesce(sum(latency_millis), 0) as latency_millis,
                   coalesce(sum(cost), 0) as cost
            from teacher_call where run_id = :run
            """;

    static Teaching of(ResultSet row) throws SQLException {
        return new Teaching(
                row.getLong("calls"),
                row.getLong("retries"),
                row.getLong("tokens_in"),
                row.getLong("tokens_out"),
                row.getLong("latency_millis"),
                row.getBigDecimal("cost"));
    }

    /** With one more call. */
    Teaching with(TeacherReply reply) {
        return new Teaching(
                calls + 1,
                retries + reply.retries(),
                tokensIn + reply.tokensIn(),
                tokensOut + reply.tokensOut(),
                latencyMillis + reply.latency().toMillis(),
                cost.add(reply.cost()));
    }

    /** Tokens sent and received. */
    public long tokens() {
        return tokensIn + tokensOut;
    }
}
