-- Requests to regenerate: the run that does each, which another request may have started.
create table regeneration (
    request_id   text        primary key,
    run_id       text        not null references pipeline_run on delete cascade,
    -- equal for requests that ask for the same
    content      text        not null,
    requested_at timestamptz not null default clock_timestamp()
);
create index regeneration_content on regeneration (content);
create index pipeline_run_name on pipeline_run (name, created_at desc);
