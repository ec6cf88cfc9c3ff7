-- Answers that were given, for as long as minigpt.inference.traces.lifetime says.
create table trace (
    id            text             not null,
    place         integer          not null,
    model         text             not null,
    version       integer          not null,
    prompt        text             not null,
    answer        text             not null,
    temperature   double precision not null,
    seed          bigint           not null,
    finish_reason text             not null,
    answered_at   timestamptz      not null,
    primary key (id, place)
);

create index trace_answered_at on trace (answered_at);
