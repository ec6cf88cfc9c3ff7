-- The documents of all corpora, as last heard of.
create table document (
    id        text   primary key,
    corpus    text   not null,
    version   text   not null,
    -- order in the corpus; 0 for one that was retracted before it was heard of
    sequence  bigint not null,
    title     text   not null,
    -- null when the text is a file or the document is retracted
    text      text,
    -- the text as a file: an artifact message
    text_file bytea,
    state     text   not null check (state in ('active', 'retracted')),
    revision  bigint not null
);
create index document_active on document (corpus, sequence) where state = 'active';

-- Every version of a prompt that was ever loaded.
create table prompt (
    version   text        primary key,
    name      text        not null,
    system    text        not null,
    request   text        not null,
    loaded_at timestamptz not null default clock_timestamp()
);

create table run (
    id              text        primary key,
    corpus          text        not null,
    prompt          text        not null,
    prompt_version  text        not null,
    teacher         text        not null,
    teacher_version text        not null,
    max_documents   bigint      not null,
    state           text        not null check (state in ('waiting', 'running', 'succeeded', 'failed', 'cancelled')),
    reason          text,
    -- revision of the pair stream when the run ended
    output          bigint,
    correlation_id  text        not null,
    causation_id    text        not null,
    created_at      timestamptz not null default clock_timestamp(),
    started_at      timestamptz,
    progressed_at   timestamptz,
    finished_at     timestamptz
);
create index run_created_at on run (created_at desc, id);

-- The documents of a run, fixed when it starts.
create table run_subject (
    run_id          text    not null references run on delete cascade,
    subject_id      text    not null,
    -- the document's version
    subject_version text    not null,
    -- the document's order in its corpus
    sequence        bigint  not null,
    job_id          text    not null unique,
    state           text    not null check (state in ('pending', 'reused', 'done', 'gone', 'failed')),
    reason          text,
    -- pairs that the document has in this run's prompt and teacher
    results         integer not null default 0,
    -- facts that this run published about the document
    generated       integer not null default 0,
    retracted       integer not null default 0,
    primary key (run_id, subject_id)
);
create index run_subject_state on run_subject (run_id, state);

-- Every reply of a teacher, by what was asked, so that nothing is asked twice.
create table teacher_call (
    id               text        primary key,
    run_id           text        not null,
    document_version text        not null,
    passage_start    integer     not null,
    passage_end      integer     not null,
    prompt_version   text        not null,
    teacher          text        not null,
    attempt          integer     not null,
    reply            text        not null,
    tokens_in        bigint      not null,
    tokens_out       bigint      not null,
    latency_millis   bigint      not null,
    retries          integer     not null,
    model            text        not null,
    created_at       timestamptz not null default clock_timestamp()
);
create index teacher_call_run on teacher_call (run_id);
create index teacher_call_document on teacher_call (document_version);

create table pair (
    id               text    primary key,
    corpus           text    not null,
    document_id      text    not null,
    document_version text    not null,
    sequence         bigint  not null,
    ordinal          integer not null,
    passage_start    integer not null,
    passage_end      integer not null,
    question         text    not null,
    answer           text    not null,
    prompt_version   text    not null,
    teacher          text    not null,
    run_id           text    not null,
    call_id          text    not null,
    state            text    not null check (state in ('active', 'retracted')),
    reason           text,
    -- number of the last fact about it in its stream, and the numbers before
    revision         bigint  not null,
    superseded       bigint[] not null
);
create index pair_document on pair (document_id, state);
create index pair_corpus on pair (corpus, sequence, ordinal, id);

-- Documents whose pairs are complete and active in one prompt and teacher.
create table pair_set (
    document_id      text    not null,
    document_version text    not null,
    prompt_version   text    not null,
    teacher          text    not null,
    pairs            integer not null,
    primary key (document_id, document_version, prompt_version, teacher)
);

-- Pairs that a check refused.
create table reject (
    id         bigint generated always as identity primary key,
    run_id     text not null,
    -- the document
    subject_id text not null,
    call_id    text not null,
    reason     text not null,
    detail     text not null,
    question   text not null,
    answer     text not null
);
create index reject_run on reject (run_id, reason);

-- Passages that were given up, with the calls that were made for them.
create table dead_letter (
    id               text        primary key,
    run_id           text        not null,
    document_id      text        not null,
    document_version text        not null,
    passage_start    integer     not null,
    passage_end      integer     not null,
    reason           text        not null,
    call_ids         text[]      not null,
    created_at       timestamptz not null default clock_timestamp()
);
create index dead_letter_created_at on dead_letter (created_at desc, id);
