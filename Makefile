# Two commands matter: `make run` and `make test`. Everything they do is in scripts/dev.py.
PYTHON ?= python3
ARGS ?=

.PHONY: run test check bench shots soak installer

run test check bench shots soak installer:
	@$(PYTHON) scripts/dev.py $@ $(ARGS)
