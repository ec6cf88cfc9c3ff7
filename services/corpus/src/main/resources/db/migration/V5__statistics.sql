-- Rises with every change of what a corpus holds, so that what was counted is known to be still so.
alter table corpus add column changes bigint not null default 0;

-- What a corpus was made of when it was last counted, and how long that took.
create table corpus_statistics (
    corpus      text        primary key references corpus,
    changes     bigint      not null,
    content     jsonb       not null,
    took_millis bigint      not null,
    counted_at  timestamptz not null
);

-- GPT-2 tokens of documents, counted after their import; of another version they do not count.
create table document_tokens (
    id      text   primary key references entry,
    version text   not null,
    tokens  bigint not null
);
