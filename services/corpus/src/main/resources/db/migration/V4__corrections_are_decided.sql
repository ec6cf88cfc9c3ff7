-- What a person decided about a flagged answer: a pair of a corpus, or nothing.
alter table correction
    add column state      text not null default 'open' check (state in ('open', 'accepted', 'refused')),
    add column corpus     text,
    add column question   text,
    add column correct    text,
    add column decided_at timestamptz;

create index correction_state on correction (state, flagged_at desc, flag_id);
