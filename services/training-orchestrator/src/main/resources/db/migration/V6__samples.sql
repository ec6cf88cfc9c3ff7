-- What each checkpoint of a run said to its fixed prompts; those of a higher lease replace those of a lower one.
create table sample (
    run_id   text    not null,
    step     bigint  not null,
    position integer not null,
    lease    bigint  not null,
    prompt   text    not null,
    text     text    not null,
    primary key (run_id, step, position)
);
