-- Which recipes a run goes through; their prompts' versions stand joined in prompt_version.
alter table run add column recipes text[] not null default '{question}';

-- The answer of a refused pair; empty where only a question was reworded.
alter table reject add column answer text not null default '';
