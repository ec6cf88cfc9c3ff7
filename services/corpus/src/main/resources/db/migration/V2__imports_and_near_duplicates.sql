-- Imports are rows from their beginning, not only from their end.
alter table import
    add column state           text        not null default 'finished'
        check (state in ('queued', 'running', 'finished', 'failed', 'cancelled')),
    -- stream (the body of a request while it is sent), upload (a body that was kept) or a file of the import folder
    add column source          text        not null default 'stream',
    add column near_duplicates bigint      not null default 0,
    -- lines and plain bytes that are stored: where the import goes on after a crash
    add column lines           bigint      not null default 0,
    add column position        bigint      not null default 0,
    -- bytes of the source, as it is stored, that were read and that there are; unknown for a stream
    add column read_bytes      bigint,
    add column total_bytes     bigint,
    add column updated_at      timestamptz not null default clock_timestamp(),
    alter column finished_at drop not null,
    alter column finished_at drop default;
update import set state = 'failed' where broken_off is not null;
update import set lines = accepted + duplicates + skipped + rejected;
drop index import_finished_at;
create index import_started_at on import (started_at desc, id);
create index import_streams on import (updated_at) where state = 'running' and source = 'stream';

-- How many lines an import refused, by reason.
create table import_reason (
    import_id text   not null references import on delete cascade,
    code      text   not null,
    count     bigint not null,
    primary key (import_id, code)
);

-- Lines that an import refused, up to a limit.
create table import_reject (
    import_id text   not null references import on delete cascade,
    line      bigint not null,
    code      text   not null,
    reason    text   not null,
    excerpt   text   not null,
    primary key (import_id, line)
);

-- How similar a duplicate is to the one that it is withheld for; null if it has the same content.
alter table entry add column similarity double precision;
create index entry_near_duplicates on entry (duplicate_of, sequence) where similarity is not null;

-- Bands of the active documents: documents that share one may be near duplicates. The corpus is part of the hash.
create table near_band (
    band     bigint not null,
    sequence bigint not null,
    primary key (band, sequence)
);

-- events live for milliseconds: compressing what they carry costs more than it saves
alter table outbox alter column payload set storage external;
