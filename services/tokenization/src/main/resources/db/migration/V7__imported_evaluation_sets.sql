-- Questions of imported evaluation sets are records too, so that they are erased with their document and can be traced.
alter table record drop constraint record_kind_check;
alter table record add constraint record_kind_check
    check (kind in ('document', 'curated', 'generated', 'variant', 'imported'));
alter table record
    add column evaluation_set text,
    -- report: results are reported on it; choose: a checkpoint is chosen by it
    add column evaluation_use text check (evaluation_use in ('report', 'choose'));
create index record_evaluation_set on record (corpus, evaluation_set) where kind = 'imported';

create table evaluation_set (
    corpus      text        not null,
    name        text        not null,
    use         text        not null,
    items       integer     not null,
    imported_at timestamptz not null default clock_timestamp(),
    primary key (corpus, name)
);
