-- What a run may spend, when it is paused, which documents it takes and how deep it asks.
alter table run drop constraint run_state_check;
alter table run add constraint run_state_check
    check (state in ('waiting', 'running', 'paused', 'succeeded', 'failed', 'cancelled'));
alter table run
    add column max_tokens    bigint,
    add column max_cost      numeric,
    add column paused_at     timestamptz,
    add column paused_millis bigint  not null default 0,
    -- only this document; empty for all
    add column document_id   text    not null default '',
    -- only documents that this run did not have as they are now; empty for all
    add column since_run     text    not null default '',
    -- pairs about each sentence; 0 for the configured number about each passage
    add column per_sentence  integer not null default 0,
    add column first_passage boolean not null default false,
    -- replies after which what is missing is given up; 0 for the configured number
    add column attempts      integer not null default 0;

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

-- How deep a set of pairs goes: empty for the configured number about each passage.
alter table pair_set add column depth text not null default '';

-- What a person said about a pair, by its document and question, so that it outlives the pair.
create table review (
    document_id  text        not null,
    -- the question as the teacher asked it, without punctuation
    question_key text        not null,
    verdict      text        not null check (verdict in ('accepted', 'edited', 'refused')),
    -- the person's wording; null unless edited
    question     text,
    answer       text,
    note         text        not null,
    reviewed_at  timestamptz not null default clock_timestamp(),
    primary key (document_id, question_key)
);
alter table pair
    -- a person accepted or edited it: other pairs do not take its place
    add column kept  boolean not null default false,
    -- the teacher's question; null if nobody changed it
    add column asked text;

-- The run that asked about a passage again.
alter table dead_letter add column replay_run_id text;
