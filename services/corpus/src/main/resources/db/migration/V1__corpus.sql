-- A named collection of documents and curated questions. Its row is locked by whatever changes what it holds.
create table corpus (
    name       text        primary key,
    created_at timestamptz not null default clock_timestamp()
);

-- The life of a document or question within its corpus: what it is now and what was published of it.
create table entry (
    id           text        primary key,
    corpus       text        not null references corpus,
    kind         text        not null check (kind in ('document', 'question')),
    sequence     bigint      not null,
    version      text        not null,
    content_hash text        not null,
    state        text        not null check (state in ('active', 'duplicate', 'retracted')),
    -- the active entry with the same content, as it was when this one was withheld
    duplicate_of text,
    -- number of the last fact published about it; 0 if there is none
    revision     bigint      not null,
    -- numbers of the facts before that one
    superseded   bigint[]    not null,
    reason       text,
    created_at   timestamptz not null default clock_timestamp(),
    updated_at   timestamptz not null default clock_timestamp(),
    unique (corpus, kind, sequence)
);
-- of entries with the same content exactly one is active
create unique index entry_active_content on entry (corpus, kind, content_hash) where state = 'active';
create index entry_duplicates on entry (corpus, kind, content_hash, sequence) where state = 'duplicate';

create table document (
    id          text   primary key references entry,
    external_id text   not null,
    title       text   not null,
    url         text   not null,
    -- further fields of the line, as JSON
    metadata    text   not null,
    original    text   not null,
    -- null when normalisation changed nothing
    normalised  text,
    characters  bigint not null
);

create table question (
    id          text primary key references entry,
    external_id text not null,
    question    text not null,
    answer      text not null,
    document_id text not null,
    -- further fields of the line, as JSON
    metadata    text not null
);

-- Imports that ended, whether the whole body was read or it broke off.
create table import (
    id          text        primary key,
    corpus      text        not null references corpus,
    kind        text        not null,
    accepted    bigint      not null,
    duplicates  bigint      not null,
    skipped     bigint      not null,
    rejected    bigint      not null,
    revision    bigint      not null,
    -- why the body was not read to its end; null if it was
    broken_off  text,
    started_at  timestamptz not null,
    finished_at timestamptz not null default clock_timestamp()
);
create index import_finished_at on import (finished_at desc, id);

-- Answers that people flagged, to be turned into curated questions.
create table correction (
    flag_id     text             primary key,
    model       text             not null,
    version     integer          not null,
    prompt      text             not null,
    answer      text             not null,
    temperature double precision not null,
    reason      text             not null,
    flagged_at  timestamptz      not null
);
create index correction_flagged_at on correction (flagged_at desc, flag_id);
