-- Proofs that a version's files can be made again from its records.
create table rebuild_run (
    id          text        primary key,
    name        text        not null,
    version     integer     not null,
    outcome     text        check (outcome in ('succeeded', 'failed', 'cancelled')),
    reason      text,
    -- what was found of each file
    files       jsonb       not null default '[]',
    created_at  timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    foreign key (name, version) references dataset_version
);

-- everything that was selected by; rows without it are of releases that knew only the columns beside it
alter table freeze_run add column selection jsonb;
alter table dataset_version add column selection jsonb;

-- as before, with the prompt of generated pairs
create or replace view active_pair as
select q.id, q.corpus, q.kind, null::text as parent_id, q.id as family_id, null::text as split_document_id,
       q.sequence, 0 as parent_ordinal, 0 as ordinal, q.question, null::text as prompt_version
from record q
where q.kind = 'curated' and q.state = 'active'
union all
select p.id, p.corpus, p.kind, p.document_id, p.document_id, p.document_id,
       d.sequence, 0, p.ordinal, p.question, p.prompt_version
from record p
join record d on d.id = p.document_id and d.kind = 'document' and d.state = 'active'
             and d.document_version = p.document_version
where p.kind = 'generated' and p.state = 'active'
union all
select v.id, v.corpus, v.kind, v.parent_id, q.id, null,
       q.sequence, 0, v.ordinal, v.question, null
from record v
join record q on q.id = v.parent_id and q.kind = 'curated' and q.state = 'active'
where v.kind = 'variant' and v.state = 'active'
union all
select v.id, v.corpus, v.kind, v.parent_id, d.id, d.id,
       d.sequence, p.ordinal, v.ordinal, v.question, null
from record v
join record p on p.id = v.parent_id and p.kind = 'generated' and p.state = 'active'
join record d on d.id = p.document_id and d.kind = 'document' and d.state = 'active'
             and d.document_version = p.document_version
where v.kind = 'variant' and v.state = 'active';
