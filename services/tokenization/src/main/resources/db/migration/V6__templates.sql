-- The text form of a version's pairs: a PairTemplate message. Null for documents and in rows of earlier releases.
alter table dataset_version add column template bytea;
