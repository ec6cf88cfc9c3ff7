create table pair (id text primary key, revision bigint not null, question text not null);
create table effect (id bigint generated always as identity, run_id text not null);
