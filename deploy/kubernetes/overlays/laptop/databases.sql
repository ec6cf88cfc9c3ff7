-- One database a service, made when the server starts for the first time.
create database corpus;
create database qa_generation;
create database augmentation;
create database tokenization;
create database training_orchestrator;
create database training_worker;
create database model_registry;
create database inference;
