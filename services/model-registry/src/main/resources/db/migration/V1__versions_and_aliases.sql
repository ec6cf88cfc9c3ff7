-- A model with the last number that one of its versions got.
create table model (
    name         text    primary key,
    last_version integer not null
);

-- What a training run said at its start and is not said again at its end.
create table training_start (
    run_id     text   primary key,
    lease      bigint not null,
    parameters bigint not null
);

create table dataset_version (
    name    text    not null,
    version integer not null,
    -- the protobuf message DatasetVersion
    message bytea   not null,
    -- the protobuf message DatasetVersionSealed, once it has arrived
    sealed  bytea,
    primary key (name, version)
);

-- A version stays as a row when it is deleted, so that its checkpoint is not registered again.
create table model_version (
    model                  text        not null references model,
    version                integer     not null,
    stage                  text        not null check (stage in ('pretrain', 'sft')),
    run_id                 text        not null,
    step                   bigint      not null,
    selected               boolean     not null,
    roles                  text[]      not null,
    dataset                text        not null,
    dataset_version        integer     not null,
    dataset_identity       text        not null,
    corpus                 text        not null,
    base_model             text,
    base_version           integer,
    parameters             bigint,
    model_configuration    json,
    training_configuration json,
    device                 text        not null,
    engine                 text        not null,
    code_version           text        not null,
    tokens_seen            bigint      not null,
    duration_millis        bigint      not null,
    registered_at          timestamptz not null,
    -- the protobuf message ModelVersion, with the files
    message                bytea       not null,
    deleted_at             timestamptz,
    primary key (model, version),
    unique (run_id, step)
);
create index model_version_newest on model_version (model, registered_at desc) where deleted_at is null;
create index model_version_of_dataset on model_version (dataset, dataset_version);
create index model_version_of_base on model_version (base_model, base_version);

-- The newest figure of each name of a version.
create table metric (
    model   text             not null,
    version integer          not null,
    name    text             not null,
    value   double precision not null,
    primary key (model, version, name),
    foreign key (model, version) references model_version
);
create index metric_best on metric (model, name, value);

create table evaluation (
    run_id      text        primary key,
    model       text        not null,
    version     integer     not null,
    finished_at timestamptz not null,
    -- the protobuf message EvaluationFinished
    message     bytea       not null
);
create index evaluation_of_version on evaluation (model, version, finished_at desc);

-- What the policy decided, with the figures it compared.
create table promotion_decision (
    evaluation_run_id text             primary key references evaluation,
    model             text             not null,
    version           integer          not null,
    alias             text             not null,
    policy            text             not null,
    metric            text,
    value             double precision,
    champion_version  integer,
    champion_value    double precision,
    promoted          boolean          not null,
    reason            text             not null,
    decided_at        timestamptz      not null
);

-- Every change of an alias; the highest revision is in force.
create table alias_change (
    model            text        not null,
    alias            text        not null,
    revision         bigint      not null,
    version          integer     not null,
    previous_version integer,
    set_by           text        not null,
    reason           text        not null,
    set_at           timestamptz not null,
    primary key (model, alias, revision),
    foreign key (model, version) references model_version
);

create view alias as
select distinct on (model, alias) *
from alias_change
order by model, alias, revision desc;
