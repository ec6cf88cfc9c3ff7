-- Whether nothing that the document said may be kept.
alter table document add column erased boolean not null default false;
-- what was asked about, for a reply that comes after the document was erased
create index document_version on document (version);
-- refused pairs of a document
create index reject_subject on reject (subject_id);

-- Share of the answer that is in the text; null for pairs of earlier releases.
alter table pair add column grounding double precision;
