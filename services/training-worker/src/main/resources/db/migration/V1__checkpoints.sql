-- Complete checkpoints of training runs, from which a run goes on. Their files are in the artifact store.
create table checkpoint (
    run_id          text             not null,
    -- steps done
    step            bigint           not null,
    -- the lease that wrote it
    lease           bigint           not null,
    -- minigpt.training.v1.Checkpoint: files and measurements
    content         bytea            not null,
    -- false for one that was written between two evaluations because its worker had to stop
    scheduled       boolean          not null,
    -- whether it has a validation loss
    validated       boolean          not null,
    -- what the run has summed up to this step over all leases: losses in nats a token
    first_loss      double precision not null,
    last_loss       double precision not null,
    interval_loss   double precision not null,
    interval_steps  bigint           not null,
    duration_nanos  bigint           not null,
    created_at      timestamptz      not null default clock_timestamp(),
    primary key (run_id, step)
);
