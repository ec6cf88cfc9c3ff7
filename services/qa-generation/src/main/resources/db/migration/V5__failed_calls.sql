-- Calls of runs that brought no reply, by why.
create table failed_call (
    run_id  text        not null,
    -- rate-limited, server-error, timeout, cut, unreachable, unauthorized, not-found, bad-request
    reason  text        not null,
    -- HTTP status; 0 when none arrived
    status  integer     not null,
    calls   bigint      not null,
    last_at timestamptz not null,
    primary key (run_id, reason, status)
);
