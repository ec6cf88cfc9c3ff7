-- What people say of a version.
alter table model_version add column tags text[] not null default '{}';
alter table model_version add column note text not null default '';
create index model_version_tags on model_version using gin (tags) where deleted_at is null;

-- Newest first, and between two times.
create index model_version_time on model_version (model, registered_at, version) where deleted_at is null;
drop index model_version_newest;

-- All figures of a version without its rows; best first, with the version to go on after.
alter table metric drop constraint metric_pkey;
alter table metric add primary key (model, version, name) include (value);
create index metric_ranked on metric (model, name, value, version);
drop index metric_best;

-- Whether a change of an alias is in force, kept by the database for every replica that adds one.
alter table alias_change add column in_force boolean not null default true;
update alias_change c set in_force = false
where exists (select 1 from alias_change n where n.model = c.model and n.alias = c.alias and n.revision > c.revision);
create function alias_changed() returns trigger language plpgsql as $$
begin
    update alias_change set in_force = false
    where model = new.model and alias = new.alias and revision < new.revision and in_force;
    return new;
end $$;
create trigger alias_changed before insert on alias_change for each row execute function alias_changed();
create unique index alias_in_force on alias_change (model, alias) where in_force;
create index alias_of_version on alias_change (model, version) where in_force;
create index alias_at on alias_change (model, alias, set_at, revision);
create or replace view alias as
select model, alias, revision, version, previous_version, set_by, reason, set_at from alias_change where in_force;

-- What decides on an alias, as JSON; the highest revision is in force.
create table promotion_policy (
    model    text        not null,
    alias    text        not null,
    revision bigint      not null,
    policy   json        not null,
    set_by   text        not null,
    reason   text        not null,
    set_at   timestamptz not null,
    primary key (model, alias, revision)
);

-- Decisions by people and on the way back stand beside those on evaluations.
alter table promotion_decision drop constraint promotion_decision_pkey;
alter table promotion_decision alter column evaluation_run_id drop not null;
alter table promotion_decision add column id bigint generated always as identity primary key;
alter table promotion_decision add column verdict text not null default 'unknown';
alter table promotion_decision add column checks json not null default '[]';
alter table promotion_decision add constraint promotion_decision_of_evaluation unique (evaluation_run_id);
update promotion_decision set verdict = case when promoted then 'promoted' else 'refused' end;
create index promotion_decision_newest on promotion_decision (model, id);

-- What a run of question generation or augmentation took.
create table data_run (
    run_id         text    primary key,
    kind           text    not null check (kind in ('generation', 'augmentation')),
    corpus         text    not null,
    teacher        text    not null default '',
    prompt_version text    not null default '',
    -- how far the stream of its corpus was when it ended; null until then
    revision       bigint,
    teacher_calls  bigint  not null default 0,
    tokens_in      bigint  not null default 0,
    tokens_out     bigint  not null default 0,
    cost           numeric not null default 0
);
create index data_run_of_corpus on data_run (kind, corpus, revision);

-- A version in another program's format, made by a job.
create table export (
    model   text    not null,
    version integer not null,
    format  text    not null,
    job_id  text    not null,
    primary key (model, version, format),
    foreign key (model, version) references model_version
);
create table export_file (
    model   text    not null,
    version integer not null,
    format  text    not null,
    name    text    not null,
    -- the protobuf message Artifact
    message bytea   not null,
    primary key (model, version, format, name),
    foreign key (model, version, format) references export
);

-- A file of questions that a version was asked.
create table question_run (
    run_id       text        primary key,
    model        text        not null,
    version      integer     not null,
    questions    integer     not null,
    requested_at timestamptz not null,
    -- the protobuf message EvaluationFinished, once it has arrived
    finished     bytea
);
