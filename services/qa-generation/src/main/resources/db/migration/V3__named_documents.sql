-- A run may name many documents, or none; before, it could name one. Pods of the release before still write the column
-- document_id while they are replaced, so it stays.
alter table run
    add column named        boolean not null default false,
    add column document_ids text[]  not null default '{}';
update run set named = true, document_ids = array[document_id] where document_id <> '';
