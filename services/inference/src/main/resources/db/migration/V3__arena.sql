-- Two versions' answers to one prompt, and what a person said of them.
create table battle (
    id          text             primary key,
    prompt      text             not null,
    temperature double precision not null,
    model_a     text             not null,
    version_a   integer          not null,
    model_b     text             not null,
    version_b   integer          not null,
    vote        text             check (vote in ('a', 'b', 'tie', 'both_bad')),
    begun_at    timestamptz      not null default clock_timestamp(),
    voted_at    timestamptz
);

create index battle_votes on battle (temperature) where vote is not null;
