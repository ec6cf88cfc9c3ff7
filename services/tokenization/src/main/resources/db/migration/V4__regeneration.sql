-- What question generation was last configured with: one message.
create table generation_setup (
    name     text   primary key,
    -- number in its stream; a lower one never replaces a higher one
    revision bigint not null,
    message  bytea  not null
);

-- What teachers took in runs that have ended, for the averages of plans.
create table teaching_run (
    run_id      text    primary key,
    -- what was asked about
    kind        text    not null check (kind in ('document', 'question')),
    -- name and version; empty until its start is known
    teacher     text    not null default '',
    -- documents or questions that were asked about
    subjects    bigint  not null default 0,
    calls       bigint  not null default 0,
    tokens_in   bigint  not null default 0,
    tokens_out  bigint  not null default 0,
    cost        numeric not null default 0,
    finished_at timestamptz
);
create index teaching_run_newest on teaching_run (kind, finished_at desc);

-- Which registered models were trained on which version.
create table trained_model (
    model           text    not null,
    version         integer not null,
    dataset         text    not null,
    dataset_version integer not null,
    primary key (model, version)
);
create index trained_model_dataset on trained_model (dataset, dataset_version);
