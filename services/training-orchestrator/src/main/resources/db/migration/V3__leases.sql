-- The newest lease of a training run and the step it began from: what an older lease says of later steps is refused.
alter table training_run
    add column lease      bigint not null default 0,
    add column start_step bigint not null default 0;
