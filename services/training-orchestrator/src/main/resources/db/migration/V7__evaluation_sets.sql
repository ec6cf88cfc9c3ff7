-- Which imported evaluation sets each corpus has, as tokenization said last.
create table evaluation_sets (
    corpus   text   primary key,
    revision bigint not null,
    names    text[] not null
);
