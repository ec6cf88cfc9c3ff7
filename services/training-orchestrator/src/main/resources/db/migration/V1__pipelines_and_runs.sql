-- A pipeline run. Its steps are rows of their own.
create table pipeline_run (
    id          text        primary key,
    name        text        not null,
    spec        json        not null,
    state       text        not null check (state in ('pending', 'running', 'succeeded', 'failed', 'cancelled')),
    reason      text,
    created_at  timestamptz not null,
    started_at  timestamptz,
    finished_at timestamptz
);
create index pipeline_run_newest on pipeline_run (created_at desc, id desc);

create table pipeline_step (
    pipeline_id text    not null references pipeline_run on delete cascade,
    name        text    not null,
    attempt     integer not null,
    state       text    not null check (state in ('pending', 'running', 'succeeded', 'failed', 'cancelled')),
    reason      text,
    started_at  timestamptz,
    finished_at timestamptz,
    done        bigint  not null,
    total       bigint  not null,
    details     json    not null,
    reported    boolean not null,
    -- the protobuf message that later steps need: a stream revision, a dataset version or a model version
    output      bytea,
    primary key (pipeline_id, name)
);

-- Every change of state; step is null for the run itself.
create table pipeline_transition (
    id          bigint generated always as identity primary key,
    pipeline_id text        not null references pipeline_run on delete cascade,
    step        text,
    attempt     integer,
    state       text        not null,
    reason      text,
    at          timestamptz not null
);
create index pipeline_transition_of_run on pipeline_transition (pipeline_id, id);

-- Training runs; the columns with messages hold them as they came.
create table training_run (
    id          text        primary key,
    state       text        not null check (state in ('pending', 'running', 'succeeded', 'failed', 'cancelled')),
    reason      text,
    created_at  timestamptz not null,
    started_at  timestamptz,
    finished_at timestamptz,
    requested   bytea       not null,
    started     bytea       not null,
    finished    bytea       not null,
    version     integer     not null
);
create index training_run_newest on training_run (created_at desc, id desc);

create table evaluation_run (
    id          text        primary key,
    state       text        not null check (state in ('pending', 'running', 'succeeded', 'failed', 'cancelled')),
    reason      text,
    created_at  timestamptz not null,
    started_at  timestamptz,
    finished_at timestamptz,
    requested   bytea       not null,
    started     bytea       not null,
    progressed  bytea       not null,
    finished    bytea       not null
);
create index evaluation_run_newest on evaluation_run (created_at desc, id desc);

-- Figures of training steps; those of a higher lease replace those of a lower one.
create table measurement (
    run_id            text             not null,
    step              bigint           not null,
    lease             bigint           not null,
    max_steps         bigint           not null,
    train_loss        double precision not null,
    validation_loss   double precision,
    bits_per_byte     double precision,
    learning_rate     double precision not null,
    gradient_norm     double precision not null,
    tokens_per_second double precision not null,
    measured_at       timestamptz      not null,
    primary key (run_id, step)
);
create index measurement_newest on measurement (run_id, lease desc, step desc);

-- Latest known state of each corpus.
create table corpus (
    name     text   primary key,
    revision bigint not null
);

-- Versions that runs can use, as the protobuf messages that commands carry.
create table dataset_version (
    name    text    not null,
    version integer not null,
    message bytea   not null,
    primary key (name, version)
);
create table model_version (
    model   text    not null,
    version integer not null,
    message bytea   not null,
    primary key (model, version)
);

-- What the registry and inference said; a deployment step looks here.
create table promotion (
    run_id   text    primary key,
    promoted boolean not null,
    reason   text    not null
);
create table alias_named (
    model    text    not null,
    alias    text    not null,
    version  integer not null,
    revision bigint  not null,
    primary key (model, alias, version)
);
create table deployment (
    model   text        not null,
    version integer     not null,
    alias   text        not null,
    -- null: it serves
    failure text,
    at      timestamptz not null,
    primary key (model, version, alias)
);
