-- The version of a model that a training started from; null where it started fresh, and in rows of earlier releases.
alter table trained_model
    add column base_model   text,
    add column base_version integer;
create index trained_model_base on trained_model (base_model, base_version);

-- When and why the files of a version were removed. Its rows stay: its number is not given again, and what it held and
-- who learned it can still be told.
alter table dataset_version
    add column withdrawn_at     timestamptz,
    add column withdrawn_reason text;

-- Whether nothing that the record said may be kept.
alter table record add column erased boolean not null default false;
create index record_erased on record (id) where erased;

-- Share of a generated pair's answer that is in the text; null for pairs of earlier releases.
alter table record add column grounding double precision;

-- as before, with the grounding of generated pairs
create or replace view active_pair as
select q.id, q.corpus, q.kind, null::text as parent_id, q.id as family_id, null::text as split_document_id,
       q.sequence, 0 as parent_ordinal, 0 as ordinal, q.question, null::text as prompt_version,
       null::double precision as grounding
from record q
where q.kind = 'curated' and q.state = 'active'
union all
select p.id, p.corpus, p.kind, p.document_id, p.document_id, p.document_id,
       d.sequence, 0, p.ordinal, p.question, p.prompt_version, p.grounding
from record p
join record d on d.id = p.document_id and d.kind = 'document' and d.state = 'active'
             and d.document_version = p.document_version
where p.kind = 'generated' and p.state = 'active'
union all
select v.id, v.corpus, v.kind, v.parent_id, q.id, null,
       q.sequence, 0, v.ordinal, v.question, null, null
from record v
join record q on q.id = v.parent_id and q.kind = 'curated' and q.state = 'active'
where v.kind = 'variant' and v.state = 'active'
union all
select v.id, v.corpus, v.kind, v.parent_id, d.id, d.id,
       d.sequence, p.ordinal, v.ordinal, v.question, null, null
from record v
join record p on p.id = v.parent_id and p.kind = 'generated' and p.state = 'active'
join record d on d.id = p.document_id and d.kind = 'document' and d.state = 'active'
             and d.document_version = p.document_version
where v.kind = 'variant' and v.state = 'active';
