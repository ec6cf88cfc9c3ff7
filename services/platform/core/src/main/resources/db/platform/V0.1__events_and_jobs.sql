-- Events to send. The relay sends them in id order and deletes them after the broker's acknowledgement.
create table outbox (
    id         bigint generated always as identity primary key,
    topic      text        not null,
    key        text        not null,
    headers    jsonb       not null,
    payload    bytea       not null,
    created_at timestamptz not null default clock_timestamp()
);

-- Commands whose effect is done, so that a second delivery does nothing.
create table inbox (
    event_id    text        primary key,
    received_at timestamptz not null default clock_timestamp()
);
create index inbox_received_at on inbox (received_at);

-- Last number given out in each stream that this service publishes.
create table stream (
    name     text   primary key,
    revision bigint not null
);

-- Numbers that have arrived of each stream that this service consumes.
create table stream_received (
    stream   text           primary key,
    received int8multirange not null
);

-- Work that outlives a message: leased by one replica at a time.
create table job (
    id             text        primary key,
    kind           text        not null,
    state          text        not null check (state in ('queued', 'leased', 'succeeded', 'failed', 'cancelled')),
    priority       integer     not null default 0,
    payload        bytea       not null,
    correlation_id text        not null,
    causation_id   text        not null,
    lease          bigint      not null default 0,
    lease_until    timestamptz,
    owner          text,
    failures       integer     not null default 0,
    not_before     timestamptz not null default '-infinity',
    cancellation   text,
    reason         text,
    created_at     timestamptz not null default clock_timestamp(),
    updated_at     timestamptz not null default clock_timestamp()
);
create index job_open on job (kind, priority desc, created_at, id) where state in ('queued', 'leased');
create index job_ended on job (updated_at) where state in ('succeeded', 'failed', 'cancelled');

-- What must have arrived before a job may start.
create table job_input (
    job_id   text   not null references job on delete cascade,
    stream   text   not null,
    revision bigint not null,
    primary key (job_id, stream)
);
