# Manabi's commands. `make help` lists them.
#
# The manifest holds no unsafe flags, so the package stays usable as a dependency; the flags that let the code
# generator use this machine's vector units are passed here. A plain `swift build` works too, only slower.

# Where the PJRT plug-in for processors and the header of the interface lie. Once they are there (`make xla`, or the first
# `make test`), every build has the engine for accelerators.
PJRT := .build/pjrt
TRAITS = $(shell test -e $(PJRT)/installed && echo --traits XLA)
SWIFT_FLAGS = -c release -Xcc -march=native -Xcc -mprefer-vector-width=512 $(TRAITS)
MANABI := .build/release/manabi
PYTHON ?= python3
INTEROP := .build/interop
# Set to `yes` when the tests have just passed in the same place, as `.ci/run` does.
TESTED ?= no

.DEFAULT_GOAL := help
.PHONY: help setup xla build dist quickstart test unit-tests torture-test torture interop-test check lint format bench bench-sweep bench-families soak torture-hdf5 fuzz fuzz-address check-report reproduce sanitize sanitize-address sanitize-threads clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

setup: ## Install the system packages that are missing
	@Scripts/setup build

xla: $(PJRT)/installed ## Fetch what the engine for accelerators is built and tested with; `make build` then builds with it

$(PJRT)/installed:
	@Scripts/setup xla
	touch $@

build: setup ## Build the program, optimised for this machine
	swift build $(SWIFT_FLAGS) --product manabi

# For other machines: x86-64-v3 is AVX2 with fused multiply-add (Intel since 2013, AMD since 2015); v4 asks for AVX-512 and is faster.
# Swift is linked in, and so is HDF5 where its archives are: Debian's shared library asks for curl, thus for thirty libraries that
# nobody here uses. `Scripts/dist` packs those that remain; old tags, since only an RPATH is also followed from library to library.
DIST_MARCH ?= x86-64-v3
DIST := .build-dist
DIST_FLAGS = $(subst -march=native,-march=$(DIST_MARCH),$(SWIFT_FLAGS)) --static-swift-stdlib --scratch-path $(DIST) \
  --pkg-config-path $(DIST)/archives --disable-local-rpath -Xcc -ffile-prefix-map=$(CURDIR)=. -Xswiftc -file-prefix-map \
  -Xswiftc $(CURDIR)=. -Xlinker -rpath -Xlinker '$$ORIGIN/../lib' -Xlinker --disable-new-dtags

dist: ## Pack a release into dist/ that needs neither Swift nor our libraries, and try it without them
	@Scripts/setup dist
	Scripts/dist archives --directory $(DIST)/archives
	swift build $(DIST_FLAGS) --product manabi
	Scripts/dist pack --manabi $(DIST)/release/manabi --processor $(DIST_MARCH) --output dist \
	  --checkouts $(DIST)/checkouts --archives $(DIST)/archives

quickstart: build ## Meta-train two small models, evaluate them, and classify a real table
	$(MANABI) quickstart

test: unit-tests torture-test interop-test ## Run every test, torture the program a little, read our files with h5py, xarray and netCDF4, and refuse hostile ones

# `--disable-testable-imports` gives the modules the flags of `make build`, so nothing is compiled twice. The second run
# sees to the kernels that processors without matrix tiles use.
unit-tests: $(PJRT)/installed
	@Scripts/setup test
	swift test $(SWIFT_FLAGS) --disable-testable-imports --disable-xctest
	ONEDNN_MAX_CPU_ISA=AVX512_CORE_BF16 swift test --skip-build $(SWIFT_FLAGS) --disable-testable-imports --disable-xctest --filter OperationTests

torture-test: unit-tests
	swift build $(SWIFT_FLAGS) --product manabi
	$(PYTHON) Scripts/torture --manabi $(MANABI) --quick

# Options go in TORTURE: make torture TORTURE="--only R1 --count-scale 10". Power loss and small disks need root.
torture: build ## Kill, starve and damage the program thousands of times, and count what does not survive
	@Scripts/setup torture
	MANABI_TORTURE=yes swift test $(SWIFT_FLAGS) --disable-testable-imports --disable-xctest --filter DamageTests
	$(PYTHON) Scripts/torture --manabi $(MANABI) $(TORTURE)

interop-test: unit-tests .venv-interop/installed
	swift build $(SWIFT_FLAGS) --product manabi
	rm -rf $(INTEROP)
	$(MANABI) train smoke --steps 2 --name run --runs $(INTEROP)
	$(MANABI) generate smoke --episodes 8 --output $(INTEROP)/numbers.h5
	$(MANABI) generate quickstart-classification --episodes 8 --output $(INTEROP)/classes.h5
	$(MANABI) generate smoke --episodes 50 --shard-size 2K --output $(INTEROP)/shards
	$(MANABI) evaluate $(INTEROP)/run --episodes 50 --steps all
	$(MANABI) shifts $(INTEROP)/run --episodes 50
	.venv-interop/bin/python Scripts/check-interop.py --manabi $(MANABI) --scratch $(INTEROP) \
	  $(INTEROP)/run/*.h5 $(INTEROP)/numbers.h5 $(INTEROP)/classes.h5 $(INTEROP)/shards/*.h5
	.venv-interop/bin/python Scripts/check-hostile.py --manabi $(MANABI) --scratch $(INTEROP)/hostile

.venv-interop/installed:
	@Scripts/setup test
	rm -rf .venv-interop
	$(PYTHON) -m venv .venv-interop
	.venv-interop/bin/pip install --quiet --disable-pip-version-check h5py xarray h5netcdf netCDF4
	touch $@

# Warnings are errors here: the manifest reads this variable.
check: export MANABI_WARNINGS_AS_ERRORS := yes
check: lint ## Format, layers, sizes, builds in which warnings are errors, with and without accelerators, and the tests
ifeq ($(TESTED),yes)
	swift build $(SWIFT_FLAGS) --build-tests
else
	$(MAKE) test
endif
	swift build $(filter-out --traits XLA,$(SWIFT_FLAGS)) --product manabi --scratch-path .build-plain

# Three models in a minute, so that pages with many figures and tables are among those looked at; pictures stay below REPORTS.
REPORTS := .build/reports

check-report: build ## Look at report pages in a headless browser: light, dark, narrow and printed
	@Scripts/setup report
	rm -rf $(REPORTS)
	for seed in 1 2; do $(MANABI) train smoke --steps 300 --set seed=$$seed --set checkpointInterval=100 --name seed-$$seed --runs $(REPORTS); done
	$(MANABI) train quickstart-classification --steps 100 --name classes --runs $(REPORTS)
	$(MANABI) evaluate $(REPORTS)/seed-1 $(REPORTS)/seed-2 --report $(REPORTS)/seeds
	$(MANABI) evaluate $(REPORTS)/seed-1 --steps all --examples 12 --learners ridge,oracle --report $(REPORTS)/steps
	$(MANABI) evaluate $(REPORTS)/classes --episodes 200 --report $(REPORTS)/classes
	$(MANABI) shifts $(REPORTS)/seed-1 --report $(REPORTS)/shifts
	$(MANABI) identify $(REPORTS)/seed-1 --report $(REPORTS)/identify
	$(MANABI) inside $(REPORTS)/seed-1 --report $(REPORTS)/inside
	$(MANABI) inside $(REPORTS)/classes --episodes 100 --report $(REPORTS)/inside-classes
	$(MANABI) regime $(REPORTS)/seed-1 $(REPORTS)/classes --episodes 200 --report $(REPORTS)/regime
	$(MANABI) reproduce T1b --runs $(REPORTS)/reproduce --report $(REPORTS)/T1b
	Scripts/check-report --pictures $(REPORTS)/pictures $(REPORTS)/*.html

# Options go in REPRODUCE: make reproduce REPRODUCE="T1 T4"
reproduce: build ## Run published results again, and say which hold
	@Scripts/setup datasets
	$(MANABI) reproduce $(REPRODUCE)

lint:
	@Scripts/setup test
	swift format lint --strict --recursive --parallel Package.swift Sources Tests
	$(PYTHON) Scripts/check-layers
	$(PYTHON) Scripts/check-sizes

format: ## Format the Swift sources in place
	swift format --in-place --recursive --parallel Package.swift Sources Tests

# Options for either go in BENCH: make bench BENCH="--precision float32 d64"
bench: $(PJRT)/installed .venv-peers/installed build ## Time a training step on both engines beside PyTorch, torch.compile and JAX
	.venv-peers/bin/python Scripts/bench --manabi $(MANABI) $(BENCH)

bench-sweep: .venv-peers/installed build ## The same over many shapes, and which ratio is the worst
	.venv-peers/bin/python Scripts/bench-sweep --manabi $(MANABI) $(BENCH)

bench-families: .venv-peers/installed build ## Time the drawing of task families beside NumPy and PyTorch
	.venv-peers/bin/python Scripts/bench-families --manabi $(MANABI) $(BENCH)

# Attacks on the HDF5 library that its makers published: git clone https://github.com/HDFGroup/cve_hdf5
HOSTILE ?= cve_hdf5
torture-hdf5: build ## Run every command on hostile HDF5 files (HOSTILE=directory) and on mutants of them (MUTANTS=count)
	Scripts/torture-hdf5 --manabi $(MANABI) --scratch .build/torture-hdf5 --mutants $(or $(MUTANTS),0) $(HOSTILE)

soak: build ## Draw a million episodes of every family and look for numbers that are not finite
	$(MANABI) bench families --check --episodes 1000000

# The readers are fed for SECONDS in all; options go in FUZZ: make fuzz SECONDS=60 FUZZ=family
SECONDS := 300
FUZZING := MANABI_FUZZING=yes swift build -c release --product Fuzzing --sanitize fuzzer

fuzz: setup ## Feed every reader with bytes of any kind, by libFuzzer
	$(FUZZING) --scratch-path .build-fuzz
	$(PYTHON) Scripts/fuzz --build .build-fuzz --seconds $(SECONDS) $(FUZZ)

# Slower; beyond the traps of Swift it finds what the C code of the YAML parser and our calls of zlib do wrong.
fuzz-address: setup ## The same with every access to memory checked
	$(FUZZING) --scratch-path .build-fuzz-address --sanitize address -Xswiftc -sanitize=fuzzer,address
	$(PYTHON) Scripts/fuzz --build .build-fuzz-address --seconds $(SECONDS) $(FUZZ)

# Options of `swift test` go in SANITIZE: make sanitize-address SANITIZE="--filter Storage"
# Left out is a test that limits the address space, of which sanitizers reserve terabytes.
SANITIZED_TEST := SWIFT_BACKTRACE=enable=no swift test $(SWIFT_FLAGS) --disable-testable-imports --disable-xctest \
  --skip ConfigurationBombTests/notText

sanitize: sanitize-address sanitize-threads ## Run the tests with every access to memory checked, then look for data races

# Undefined behaviour of C code, that of our shims too, ends the program; calls through pointers of another type and sums with a
# null pointer are customs of the libraries. Leaks are not looked for: libraries keep what they allocate once.
sanitize-address:
	@Scripts/setup test
	ASAN_OPTIONS=detect_leaks=0 $(SANITIZED_TEST) --sanitize address -Xcc -fsanitize=undefined \
	  -Xcc -fno-sanitize=function,pointer-overflow -Xcc -fsanitize-trap=undefined --scratch-path .build-address $(SANITIZE)

# Left out besides are a test that limits the size of files, in one of which ThreadSanitizer keeps its memory, and the tournaments, which
# take hours here; what runs their learners beside one another is tested on its own. The rest takes about 45 minutes.
sanitize-threads:
	@Scripts/setup test
	TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/thread-sanitizer.suppressions $(SANITIZED_TEST) --sanitize thread --scratch-path .build-threads \
	  --skip EnvironmentTests/failure --skip TournamentTests $(SANITIZE)

.venv-peers/installed:
	@Scripts/setup peers
	rm -rf .venv-peers
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install --quiet --disable-pip-version-check numpy torch jax
	touch $@

clean: ## Remove what was built here, not what was trained
	rm -rf .build .build-dist .build-plain .build-fuzz .build-fuzz-address .build-address .build-threads dist .venv-interop .venv-peers
