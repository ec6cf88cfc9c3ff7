-- What each worker last said of itself.
create table worker (
    name         text        primary key,
    device       text        not null,
    dtype        text        not null,
    engine       text        not null,
    -- 0 when not known
    memory_bytes bigint      not null,
    -- the run in progress; empty if none
    run_id       text        not null,
    seen_at      timestamptz not null
);

-- null where the worker did not say it
alter table measurement
    add column model_flop_utilisation double precision,
    add column memory_bytes           bigint,
    add column time_left_ms           bigint;

create index training_run_waiting on training_run (created_at, id) where state = 'pending';
create index evaluation_run_waiting on evaluation_run (created_at, id) where state = 'pending';
