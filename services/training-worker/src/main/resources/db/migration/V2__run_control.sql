-- What people asked of a run beyond doing it.
create table run_control (
    run_id        text   primary key,
    -- why it is to be held back; null if it is to go on
    pause         text,
    -- number of its last lease when it was asked for again
    retried_lease bigint not null default 0
);
