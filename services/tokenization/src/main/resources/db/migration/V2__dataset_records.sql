create extension if not exists pg_trgm;

-- a short name of the freeze for the table below
alter table freeze_run add column number bigint generated always as identity unique;

-- What each freeze wrote, in the order of the split's files. Rows of a freeze that has sealed no version yet belong to
-- no version, so nobody sees them.
create table dataset_record (
    freeze_number bigint  not null,
    record_id     text    not null,
    split         text    not null,
    label         text    not null,
    -- 0 for its first appearance, 1 for its second
    repetition    bigint  not null,
    -- number in the split, from 0
    number        bigint  not null,
    -- place in the split's token file; 0 in a split without one
    first_token   bigint  not null,
    tokens        bigint  not null,
    prompt_tokens bigint  not null,
    -- of the encoded text
    sha256        bytea   not null
);
create index dataset_record_place on dataset_record (freeze_number, split, first_token, number);
create index dataset_record_record on dataset_record (record_id, freeze_number);

-- the pairs of a document and the versions of a family
create index record_family on record (family_id);

-- nearest records
create index record_trigrams on record using gin ((question || ' ' || answer) gin_trgm_ops) where kind <> 'document';
