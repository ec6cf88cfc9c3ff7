-- Whether nothing that the question said may be kept.
alter table parent add column erased boolean not null default false;
-- replies and refused variants of a question
create index teacher_call_parent on teacher_call (parent_id);
create index reject_subject on reject (subject_id);
