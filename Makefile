# `make` builds; `make test` fetches what is missing and tests; `make test-matrix` tests what takes long;
# `make bench` measures; `make demo` shows what it is for.

CARGO ?= cargo
PREFIX ?= $(if $(HOME),$(HOME)/.local,/usr/local)
GOBUILD := $(CURDIR)/target/release/gobuild

# What scripts/tools.sh fetched stands behind the machine's own programs.
export PATH := $(PATH):$(CURDIR)/.tools/go/bin

.PHONY: build
build:
	@CARGO=$(CARGO) scripts/release.sh

.PHONY: tools
tools:
	@scripts/tools.sh

.PHONY: test
test: tools
	$(CARGO) test --locked

# The whole oracle (zig's binaries, foreign architectures, published binaries), the README's table in containers, every
# shape of an image's start in one, and every kind of Dockerfile with every builder.
.PHONY: test-matrix
test-matrix:
	@scripts/tools.sh matrix
	$(CARGO) test --locked --test suite -- --ignored oracle:: matrix:: whole:: c_errors:: dockerfile::

# Times beside what one would use instead, into docs/performance.md.
.PHONY: bench
bench: build tools bench-cgo
	@scripts/bench.py

# Of these, builds with C code alone.
.PHONY: bench-cgo
bench-cgo: build tools
	@GOBUILD=$(GOBUILD) scripts/bench-cgo.sh

.PHONY: lint
lint:
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets --locked -- -D warnings
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --no-deps --locked

# Licences, duplicates, origins and known holes of what it is made of.
.PHONY: deny
deny:
	@scripts/deny.sh

.PHONY: demo
demo: build tools
	@GOBUILD=$(GOBUILD) scripts/demo.sh

.PHONY: install
install: build
	install -D -m 755 $(GOBUILD) $(DESTDIR)$(PREFIX)/bin/gobuild

.PHONY: clean
clean:
	$(CARGO) clean
	rm -rf .tools
