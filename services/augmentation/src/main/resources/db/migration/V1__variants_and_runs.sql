-- Curated questions and generated pairs of all corpora, as last heard of.
create table parent (
    id        text    primary key,
    corpus    text    not null,
    source    text    not null check (source in ('curated', 'generated')),
    -- the curated question, or the document, that it descends from; null for one retracted before it was heard of
    family_id text,
    -- order of the question or document in its corpus, and of the pair in its document
    sequence  bigint  not null,
    ordinal   integer not null,
    question  text,
    answer    text,
    -- hash of question and answer
    content   text,
    state     text    not null check (state in ('active', 'retracted')),
    revision  bigint  not null
);
create index parent_active on parent (corpus, source, sequence, ordinal) where state = 'active';

create table run (
    id              text        primary key,
    corpus          text        not null,
    sources         text[]      not null,
    -- variants wanted of each parent
    variants        integer     not null,
    prompt_version  text        not null,
    teacher         text        not null,
    teacher_version text        not null,
    state           text        not null check (state in ('waiting', 'running', 'succeeded', 'failed', 'cancelled')),
    reason          text,
    -- revision of the variant stream when the run ended
    output          bigint,
    correlation_id  text        not null,
    causation_id    text        not null,
    created_at      timestamptz not null default clock_timestamp(),
    started_at      timestamptz,
    progressed_at   timestamptz,
    finished_at     timestamptz
);
create index run_created_at on run (created_at desc, id);

-- The parents of a run, fixed when it starts.
create table run_subject (
    run_id          text    not null references run on delete cascade,
    subject_id      text    not null,
    -- the parent's content
    subject_version text    not null,
    -- order in the run
    sequence        bigint  not null,
    job_id          text    not null unique,
    state           text    not null check (state in ('pending', 'reused', 'done', 'gone', 'failed')),
    reason          text,
    -- variants that the parent has in this run's prompt and teacher
    results         integer not null default 0,
    -- facts that this run published about the parent's variants
    generated       integer not null default 0,
    retracted       integer not null default 0,
    primary key (run_id, subject_id)
);
create index run_subject_state on run_subject (run_id, state);

-- Every reply of a teacher, by what was asked, so that nothing is asked twice.
create table teacher_call (
    id             text        primary key,
    run_id         text        not null,
    parent_id      text        not null,
    content        text        not null,
    recipe         text        not null,
    prompt_version text        not null,
    teacher        text        not null,
    wanted         integer     not null,
    attempt        integer     not null,
    reply          text        not null,
    tokens_in      bigint      not null,
    tokens_out     bigint      not null,
    latency_millis bigint      not null,
    retries        integer     not null,
    model          text        not null,
    created_at     timestamptz not null default clock_timestamp()
);
create index teacher_call_run on teacher_call (run_id);

create table variant (
    id             text     primary key,
    corpus         text     not null,
    parent_id      text     not null,
    -- what the parent said
    content        text     not null,
    ordinal        integer  not null,
    question       text     not null,
    answer         text     not null,
    recipe         text     not null,
    prompt_version text     not null,
    teacher        text     not null,
    run_id         text     not null,
    state          text     not null check (state in ('active', 'retracted')),
    reason         text,
    -- number of the last fact about it in its stream, and the numbers before
    revision       bigint   not null,
    superseded     bigint[] not null
);
create index variant_parent on variant (parent_id, state);

-- What was asked to its end: as many variants as wanted, or as many as the teacher has.
create table variant_set (
    parent_id      text    not null,
    content        text    not null,
    recipe         text    not null,
    prompt_version text    not null,
    teacher        text    not null,
    wanted         integer not null,
    variants       integer not null,
    primary key (parent_id, content, recipe, prompt_version, teacher, wanted)
);

-- Variants that a check refused.
create table reject (
    id         bigint generated always as identity primary key,
    run_id     text not null,
    -- the parent
    subject_id text not null,
    call_id    text not null,
    reason     text not null,
    detail     text not null,
    question   text not null
);
create index reject_run on reject (run_id, reason);
