# `make` builds; `make test` fetches what is missing and tests; `make test-matrix` tests what takes long;
# `make bench` measures; `make demo` shows what it is for.

CARGO ?= cargo
PREFIX ?= $(if $(HOME),$(HOME)/.local,/usr/local)
GOBUILD := $(CURDIR)/target/release/gobuild

# What scripts/tools.sh fetched stands behind the machine's own programs.
export PATH := $(PATH):$(CURDIR)/.tools/go/bin

# What everything here is built with; without it the first command would say so in words of its own.
.PHONY: rust
rust:
	@for program in $(CARGO) rustc; do \
	    $$program --version >/dev/null 2>&1 || { \
	        echo "error: $$program does not run here; https://rustup.rs installs Rust, and puts it on PATH" >&2; exit 2; }; \
	done

.PHONY: build
build: rust
	@CARGO=$(CARGO) scripts/release.sh

.PHONY: tools
tools:
	@scripts/tools.sh

.PHONY: test
test: rust tools
	$(CARGO) test --locked

# The whole oracle (zig's binaries, foreign architectures, published binaries), the table of docs/matrix.md in
# containers, every shape of an image's start in one, and every kind of Dockerfile with every builder.
.PHONY: test-matrix
test-matrix: rust
	@scripts/tools.sh matrix
	$(CARGO) test --locked --test suite -- --ignored oracle:: matrix:: whole:: c_errors:: dockerfile::

# make demo and make test where nothing is but what they ask for: in a Debian root of its own. Takes root.
.PHONY: test-bare
test-bare: rust
	@scripts/test-bare.sh

# Times beside what one would use instead, into docs/performance.md.
.PHONY: bench
bench: build tools bench-cgo
	@scripts/bench.py

# Of these, builds with C code alone.
.PHONY: bench-cgo
bench-cgo: build tools
	@GOBUILD=$(GOBUILD) scripts/bench-cgo.sh

.PHONY: lint
lint: rust
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets --locked -- -D warnings
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --no-deps --locked

# Licences, duplicates, origins and known holes of what it is made of.
.PHONY: deny
deny:
	@scripts/deny.sh

# With an ordinary build, which takes a third of the time of the one that is handed out, and fetching go and one root
# file system alone.
.PHONY: demo
demo: rust
	@scripts/tools.sh demo
	@$(CARGO) build --locked --quiet
	@GOBUILD=$(CURDIR)/target/debug/gobuild scripts/demo.sh

.PHONY: install
install: build
	install -D -m 755 $(GOBUILD) $(DESTDIR)$(PREFIX)/bin/gobuild

.PHONY: clean
clean:
	$(CARGO) clean
	rm -rf .tools
