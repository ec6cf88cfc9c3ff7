-- Answers that a person flagged, as they were shown.
create table flag (
    id          text             primary key,
    model       text             not null,
    version     integer          not null,
    prompt      text             not null,
    answer      text             not null,
    temperature double precision not null,
    reason      text             not null,
    flagged_at  timestamptz      not null default clock_timestamp()
);
