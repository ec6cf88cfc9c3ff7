# MiniGPT from the command line; "make help" lists what there is.
.DEFAULT_GOAL := help
.PHONY: help build demo up down status logs test soak bench images format clean

MINIGPT := services/local/bin/minigpt
# the option: Maven's own libraries use what JDK 25 warns about
MAVEN := MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow $$MAVEN_OPTS" ./mvnw -B -ntp

# the rows of BENCH that a pattern matches (filter) or that none of several does (filter-out); all if none is named
comma := ,
bench_rows = $(if $(BENCH),$(call $(1),$(2),$(subst $(comma), ,$(BENCH))),all)

ifneq ($(filter-out help,$(or $(MAKECMDGOALS),help)),)
ifneq ($(shell uname -sm),Linux x86_64)
$(error MiniGPT is built and run on Linux x86-64; this is $(shell uname -sm))
endif
FOUND_JDK := $(shell services/local/bin/find-jdk)
ifeq ($(wildcard $(FOUND_JDK)/bin/java),)
$(error $(FOUND_JDK))
endif
export JAVA_HOME := $(FOUND_JDK)
endif

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

build: ## build what has changed
	@services/local/bin/build

demo: build ## from sample text to a served model; CORPUS=file QUESTIONS=file NAME=name for your own
	@$(MINIGPT) demo $(if $(CORPUS),--corpus "$(CORPUS)") $(if $(QUESTIONS),--questions "$(QUESTIONS)") $(if $(NAME),--name "$(NAME)")

up: build ## start what does not run and wait until all is ready
	@$(MINIGPT) up

down: ## stop everything; all data stays
	@$(MINIGPT) down

status: ## which processes run, and how they are
	@$(MINIGPT) status

logs: ## the end of the logs; SERVICE=name for one, FOLLOW=1 to go on
	@$(MINIGPT) logs $(if $(FOLLOW),-f) $(SERVICE)

test: ## unit, integration and end-to-end tests, with the checks of the code
	@$(MAVEN) -T 2 verify

soak: build ## long tests: kills, restarts, memory over many steps; PAIRS=file of question-answer lines to overfit on
	@$(MAVEN) -Dquick -pl services/generation-bench,deploy -am verify -Dquarkus.build.skip -Dit.test='*Soak' -Dtest=none \
		-Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
		$(if $(PAIRS),-Dminigpt.soak.pairs="$(abspath $(PAIRS))")

bench: ## speed of the model, the import, generation, datasets, the registry and inference; BENCH=row,... and what docs/benchmarks.md says of each row
	@$(MAVEN) -q -Dquick -DskipTests -am package \
		-pl services/gpt-bench,services/tokenization,services/data-bench,services/qa-generation,services/generation-bench,services/model-registry,services/inference,services/inference-bench
	@$(if $(call bench_rows,filter-out,import-% dataset-% generation registry inference),services/gpt-bench/bin/bench \
		--work services/gpt-bench/target/work \
		$(if $(BENCH),--only "$(BENCH)") $(if $(RUNS),--runs "$(RUNS)") \
		$(if $(LLAMA_CPP),--llama-cpp "$(LLAMA_CPP)") $(if $(MODEL),--model "$(MODEL)") \
		$(if $(TEXT),--text "$(TEXT)") $(if $(CORPUS),--corpus "$(CORPUS)"),:)
	@$(if $(call bench_rows,filter,import-%),services/data-bench/bin/bench import $(if $(BENCH),--only "$(BENCH)") \
		$(if $(RUNS),--runs "$(RUNS)") $(if $(MEGABYTES),--megabytes "$(MEGABYTES)"),:)
	@$(if $(and $(CORPUS),$(call bench_rows,filter,dataset-%)),services/data-bench/bin/bench dataset \
		--corpus "$(CORPUS)" $(if $(BENCH),--only "$(BENCH)") $(if $(MEGABYTES),--megabytes "$(MEGABYTES)") \
		$(if $(RECORDS),--records "$(RECORDS)"),:)
	@$(if $(call bench_rows,filter,generation),services/generation-bench/bin/bench,:)
	@$(if $(call bench_rows,filter,inference),services/inference-bench/bin/bench $(if $(RUNS),--runs "$(RUNS)"),:)
	@$(if $(call bench_rows,filter,registry),services/data-bench/bin/bench registry \
		$(if $(VERSIONS),--versions "$(VERSIONS)"),:)

images: build ## container images with podman or docker; SERVICE="name..." CUDA=1 PREFIX=registry/path TAG=version
	@PREFIX="$(PREFIX)" TAG="$(TAG)" CUDA="$(CUDA)" deploy/images/build $(SERVICE)

format: ## put all sources into the project's format
	@$(MAVEN) -q spotless:apply

clean: ## stop everything and remove what was built; all data stays
	@[ ! -e services/local/target/minigpt-local.jar ] || $(MINIGPT) down
	@$(MAVEN) -q clean
