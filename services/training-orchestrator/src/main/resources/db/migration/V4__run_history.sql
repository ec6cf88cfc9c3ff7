alter table training_run drop constraint training_run_state_check;
alter table training_run add constraint training_run_state_check
    check (state in ('pending', 'running', 'paused', 'succeeded', 'failed', 'cancelled'));

-- Every change of state and every lease of a training run or an evaluation.
create table run_transition (
    id     bigint generated always as identity primary key,
    run_id text        not null,
    state  text        not null,
    -- number of the newest lease; 0 before the first
    lease  bigint      not null,
    reason text,
    at     timestamptz not null default clock_timestamp()
);
create index run_transition_of_run on run_transition (run_id, id);
