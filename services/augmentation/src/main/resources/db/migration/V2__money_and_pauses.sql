-- What a run may spend, and when it is paused.
alter table run drop constraint run_state_check;
alter table run add constraint run_state_check
    check (state in ('waiting', 'running', 'paused', 'succeeded', 'failed', 'cancelled'));
alter table run
    add column max_tokens    bigint,
    add column max_cost      numeric,
    add column paused_at     timestamptz,
    add column paused_millis bigint  not null default 0;

alter table teacher_call
    add column cost        numeric not null default 0,
    -- name and version of the teacher that answered; a member if the run's teacher is a pool
    add column answered_by text    not null default '';
drop index teacher_call_run;
create index teacher_call_run on teacher_call (run_id) include (retries, tokens_in, tokens_out, latency_millis, cost);

-- When the next token of a teacher's bucket is there; all replicas share it.
create table teacher_rate (
    teacher text        primary key,
    next_at timestamptz not null
);
