-- Every document, curated question, generated pair and variant, in its newest state. A retraction may arrive before or
-- without what it retracts; then only its key is known.
create table record (
    id                text   primary key,
    corpus            text   not null,
    kind              text   not null check (kind in ('document', 'curated', 'generated', 'variant')),
    state             text   not null check (state in ('active', 'retracted')),
    -- number in its stream; a lower one never replaces a higher one
    revision          bigint not null,
    -- what a variant was made from: a curated question or a generated pair
    parent_id         text,
    -- curated question of a curated question or its variants; document of everything made from a document
    family_id         text,
    -- document itself, document a pair was made from, document a curated question is about
    document_id       text,
    document_version  text,
    -- order of a document or a curated question in its corpus
    sequence          bigint,
    -- number among its parent's children
    ordinal           integer,
    external_id       text,
    title             text,
    url               text,
    text              text,
    -- an Artifact message, when the text is too large for the table
    text_file         bytea,
    question          text,
    answer            text,
    -- passage in the document's text, in UTF-16 code units
    passage_start     integer,
    passage_end       integer,
    prompt_version    text,
    teacher           text,
    recipe            text,
    run_id            text
);
create index record_corpus on record (corpus, kind, state);
create index record_parent on record (parent_id);
create index record_document on record (document_id);

-- Pairs that are active together with everything that they were made from.
create view active_pair as
select q.id, q.corpus, q.kind, null::text as parent_id, q.id as family_id, null::text as split_document_id,
       q.sequence, 0 as parent_ordinal, 0 as ordinal, q.question
from record q
where q.kind = 'curated' and q.state = 'active'
union all
select p.id, p.corpus, p.kind, p.document_id, p.document_id, p.document_id,
       d.sequence, 0, p.ordinal, p.question
from record p
join record d on d.id = p.document_id and d.kind = 'document' and d.state = 'active'
             and d.document_version = p.document_version
where p.kind = 'generated' and p.state = 'active'
union all
select v.id, v.corpus, v.kind, v.parent_id, q.id, null,
       q.sequence, 0, v.ordinal, v.question
from record v
join record q on q.id = v.parent_id and q.kind = 'curated' and q.state = 'active'
where v.kind = 'variant' and v.state = 'active'
union all
select v.id, v.corpus, v.kind, v.parent_id, d.id, d.id,
       d.sequence, p.ordinal, v.ordinal, v.question
from record v
join record p on p.id = v.parent_id and p.kind = 'generated' and p.state = 'active'
join record d on d.id = p.document_id and d.kind = 'document' and d.state = 'active'
             and d.document_version = p.document_version
where v.kind = 'variant' and v.state = 'active';

-- Requests to freeze a version, with how they ended.
create table freeze_run (
    run_id         text        primary key,
    name           text        not null,
    kind           text        not null check (kind in ('pretraining', 'sft')),
    corpus         text        not null,
    max_generated  bigint      not null,
    curated_repeat integer     not null,
    requested_by   text        not null,
    reason         text        not null,
    records_total  bigint      not null default 0,
    records_done   bigint      not null default 0,
    outcome        text        check (outcome in ('succeeded', 'failed', 'cancelled')),
    outcome_reason text,
    version        integer,
    created_at     timestamptz not null default clock_timestamp(),
    finished_at    timestamptz
);

create table dataset (
    name text primary key,
    kind text not null
);

create table dataset_version (
    name               text        not null references dataset,
    version            integer     not null,
    identity           text        not null,
    kind               text        not null,
    corpus             text        not null,
    parent_version     integer     not null,
    train_records      bigint      not null,
    validation_records bigint      not null,
    train_tokens       bigint      not null,
    validation_tokens  bigint      not null,
    validation_bytes   bigint      not null,
    records_by_kind    jsonb       not null,
    run_id             text        not null,
    requested_by       text        not null,
    reason             text        not null,
    max_generated      bigint      not null,
    curated_repeat     integer     not null,
    sealed_at          timestamptz not null,
    primary key (name, version)
);

-- Streams that a version contains, up to their numbers.
create table dataset_input (
    name     text    not null,
    version  integer not null,
    stream   text    not null,
    revision bigint  not null,
    primary key (name, version, stream),
    foreign key (name, version) references dataset_version
);

create table dataset_file (
    name       text    not null,
    version    integer not null,
    -- order in which files are listed
    position   integer not null,
    file       text    not null,
    key        text    not null,
    sha256     text    not null,
    bytes      bigint  not null,
    primary key (name, version, file),
    foreign key (name, version) references dataset_version
);
