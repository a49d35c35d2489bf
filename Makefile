# make               build/byline and build/libbyline.a
# make demo          installs what is missing, builds, opens the reader on a sample
# make test          installs what the tests need, builds, runs them
# make storm         plays long storms of random keys and sizes on the reader
# make bench         times the program beside others that are installed
# make install       puts program, manual and completions below PREFIX (/usr/local), or in DESTDIR
#                    before it; make install-strip without symbols; make uninstall removes them
# make format        lays out the C sources; make check-format complains where they are not
# make readme        writes the table of keys in README.md anew
# make terminals     writes the tables in docs/terminals.md anew
# make clean         removes what was built
# SAN=1 builds with sanitizers, CC=clang with clang, WERROR=1 stops at warnings;
# BUILD=folder puts everything there.

CC = gcc
BUILD ?= build
CFLAGS ?= -O2 -g
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wconversion
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -pthread -Iinclude -Isrc -I$(BUILD) $(WARNINGS) $(CPPFLAGS) $(CFLAGS)
LIBS = -lyaml -lpcre2-8 -lunistring -lm
LDFLAGS += -pthread
TERMINAL_LIBS = -lncursesw -ltinfo
# The system's own Python has the modules that are installed by package.
PYTHON ?= $(firstword $(wildcard /usr/bin/python3) python3)

ifeq ($(SAN),1)
ALL_CFLAGS += -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=all
LDFLAGS += -fsanitize=address,undefined
endif
# For fuzzing, and to see what lines a fuzz target reaches: with clang.
ifeq ($(FUZZ),1)
# Comparisons are not traced: that would take half of the time.
ALL_CFLAGS += -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
	-fno-sanitize-coverage=trace-cmp
LDFLAGS += -fsanitize=address,undefined
endif
ifeq ($(FUZZ),coverage)
ALL_CFLAGS += -O1 -fprofile-instr-generate -fcoverage-mapping
LDFLAGS += -fprofile-instr-generate
endif
ifeq ($(WERROR),1)
ALL_CFLAGS += -Werror
endif

library_folders = base schema document theme rules annotate layout export
program_folders = store terminal tui cli
library_sources = $(sort $(wildcard $(library_folders:%=src/%/*.c)))
program_sources = $(sort $(wildcard $(program_folders:%=src/%/*.c) src/main.c))
# The packs and their lists, read by the loader itself and embedded as one constant blob.
packs = packs/news-en.yaml
lists = $(sort $(wildcard packs/lists/*.txt))
# Fills the templates of the manual and of the completions from the program's tables.
expander = tools/expand tools/expand-manual tools/expand-shells
documents = $(patsubst %,$(BUILD)/share/byline.%,1 bash zsh fish)
# In the order of the t key.
embedded_themes = $(patsubst %,themes/%.yaml,dusk dawn terminal mono)
# What reads YAML, and writes the themes as C.
yaml_objects = $(patsubst %.c,$(BUILD)/%.o,$(filter src/base/% src/schema/%,$(library_sources)))
# Without the blob, which a program made of these writes.
loader_objects = $(library_sources:%.c=$(BUILD)/%.o) $(BUILD)/gen/themes.o
library_objects = $(loader_objects) $(BUILD)/packs_blob.o
program_objects = $(program_sources:%.c=$(BUILD)/%.o)

# Each tests/*/unit_*.c is a cmocka program; other programs there print what cases compare. They
# are linked with every floor; an archive gives them those they use.
test_programs = $(patsubst %.c,$(BUILD)/%,$(sort $(filter-out tests/fuzz/% tests/preload/%,$(wildcard tests/*/*.c))))
fuzz_targets = $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
# What test-terminal is made of.
terminal_parts = $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tests/real/parts/*.c)))
unit_programs = $(foreach program,$(test_programs),$(if $(findstring /unit_,$(program)),$(program)))

# What is done is said in short; V=1 shows the commands.
say = $(if $(filter 1,$(V)),,@echo '  $(1)';)

all: $(BUILD)/byline $(BUILD)/libbyline.a

# What a build was made with: the compiler and its flags, and which objects there are. Another
# value makes what depends on it anew.
flags = $(CC) $(ALL_CFLAGS) / $(LDFLAGS) $(LIBS) $(TERMINAL_LIBS)
objects = $(library_objects) $(program_objects)

define stamp
ifneq ($$(strip $$(file <$$(BUILD)/$(1))),$$(strip $$($(1))))
.PHONY: $$(BUILD)/$(1)
endif
$$(BUILD)/$(1):
	@mkdir -p $$(@D)
	@echo '$$($(1))' >$$@
endef
$(eval $(call stamp,flags))
$(eval $(call stamp,objects))

$(BUILD)/byline: $(program_objects) $(BUILD)/libbyline.a $(BUILD)/objects
	$(call say,link $@)$(CC) $(LDFLAGS) -o $@ $(program_objects) $(BUILD)/libbyline.a $(LIBS) $(TERMINAL_LIBS)

$(BUILD)/libbyline.a: $(library_objects) $(BUILD)/objects
	$(call say,archive $@)rm -f $@ && $(AR) rcs $@ $(library_objects)

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,compile $<)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c $(BUILD)/flags
	$(call say,compile $<)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# ---- What is embedded

$(BUILD)/embed-themes: $(BUILD)/tools/embed-themes.o $(yaml_objects)
	$(call say,link $@)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/gen/themes.c: $(BUILD)/embed-themes $(embedded_themes)
	@mkdir -p $(@D)
	$(call say,embed $(@F))$(BUILD)/embed-themes $(embedded_themes) >$@.part && mv $@.part $@

$(BUILD)/embed-packs: $(BUILD)/tools/embed-packs.o $(loader_objects)
	$(call say,link $@)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/packs.blob: $(BUILD)/embed-packs $(packs) $(lists)
	$(call say,embed $(@F))$(BUILD)/embed-packs $@ $(packs)

$(BUILD)/packs_blob.o: src/rules/packs_blob.S $(BUILD)/packs.blob
	$(call say,compile $<)$(CC) -c -Wa,-I$(BUILD) -o $@ $<

$(BUILD)/terminal_entries.h: src/terminal/entries.ti src/terminal/embed-entries
	@mkdir -p $(@D)
	$(call say,embed $(@F))src/terminal/embed-entries $< $(BUILD)/terminfo >$@.part && mv $@.part $@

$(BUILD)/src/terminal/known.o: $(BUILD)/terminal_entries.h

# ---- What is installed beside the program, made from its own tables

$(BUILD)/expand: $(expander:%=$(BUILD)/%.o) $(BUILD)/libreader.a $(BUILD)/libbyline.a
	$(call say,link $@)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS) $(TERMINAL_LIBS)

$(BUILD)/share/byline.1: docs/byline.1.in $(BUILD)/expand
	@mkdir -p $(@D)
	$(call say,expand $(@F))$(BUILD)/expand $< >$@.part && mv $@.part $@

$(BUILD)/share/byline.%: completions/byline.%.in $(BUILD)/expand
	@mkdir -p $(@D)
	$(call say,expand $(@F))$(BUILD)/expand $< >$@.part && mv $@.part $@

documents: $(documents)

# ---- Installing

PREFIX ?= /usr/local
prefix = $(PREFIX)
exec_prefix = $(prefix)
bindir = $(exec_prefix)/bin
datarootdir = $(prefix)/share
datadir = $(datarootdir)
docdir = $(datarootdir)/doc/byline
man1dir = $(datarootdir)/man/man1
bashcompletiondir = $(datarootdir)/bash-completion/completions
zshcompletiondir = $(datarootdir)/zsh/site-functions
fishcompletiondir = $(datarootdir)/fish/vendor_completions.d

INSTALL ?= install
INSTALL_PROGRAM ?= $(INSTALL)
INSTALL_DATA ?= $(INSTALL) -m 644

# What README.md leads to stands beside it as here.
read_along = docs/ARCHITECTURE.md docs/MAP docs/extraction.md docs/schema/document.json docs/screen.png docs/terminals.md
# FILE:PLACE of all that is installed; installing and removing walk the same rows. No name has a
# blank; the folders before them may.
installed = $(BUILD)/byline:bindir/byline \
	$(BUILD)/share/byline.1:man1dir/byline.1 \
	$(BUILD)/share/byline.bash:bashcompletiondir/byline \
	$(BUILD)/share/byline.zsh:zshcompletiondir/_byline \
	$(BUILD)/share/byline.fish:fishcompletiondir/byline.fish \
	$(foreach file,README.md LICENSE NOTICE $(read_along),$(file):docdir/$(file)) \
	$(foreach file,$(sort $(wildcard samples/*)),$(file):docdir/$(file)) \
	$(foreach file,$(packs) $(sort $(wildcard packs/lists/* themes/*.yaml)),$(file):datadir/byline/$(file))

row_of = $(subst :, ,$(1))
place = $(word 2,$(row_of))
folder = $(firstword $(subst /, ,$(place)))
# Where a row's file goes, quoted for the shell.
target = '$(DESTDIR)$($(folder))$(patsubst $(folder)%,%,$(place))'

define install_row
	$(call say,install $(call place,$(1)))mkdir -p "$$(dirname $(call target,$(1)))" && \
	$(if $(findstring bindir,$(1)),$(INSTALL_PROGRAM),$(INSTALL_DATA)) $(firstword $(call row_of,$(1))) $(call target,$(1))

endef

install: all documents
	$(foreach row,$(installed),$(call install_row,$(row)))

install-strip:
	@$(MAKE) --no-print-directory INSTALL_PROGRAM='$(INSTALL) -s' install

# Folders that are byline's own go with their files.
uninstall:
	$(call say,uninstall)rm -f $(foreach row,$(installed),$(call target,$(row)))
	@for folder in '$(DESTDIR)$(docdir)/samples' '$(DESTDIR)$(docdir)/docs/schema' \
		'$(DESTDIR)$(docdir)/docs' '$(DESTDIR)$(docdir)' '$(DESTDIR)$(datadir)/byline/packs/lists' \
		'$(DESTDIR)$(datadir)/byline/packs' '$(DESTDIR)$(datadir)/byline/themes' '$(DESTDIR)$(datadir)/byline'; do \
		rmdir "$$folder" 2>/dev/null || true; done

# ---- Running and testing

demo:
	@tools/install-deps build
	@$(MAKE) --no-print-directory all
	@if test -t 0 -a -t 1; then $(BUILD)/byline samples/harbour.txt; \
	else $(BUILD)/byline --screen 120x36 samples/harbour.txt; fi

test:
	@tools/install-deps build test
	@$(MAKE) --no-print-directory all programs
	@$(PYTHON) tests/run --build $(BUILD)

# 10,000 random keys and 500 sizes in each width class; a few minutes.
storm:
	@tools/install-deps build test
	@$(MAKE) --no-print-directory all programs
	@tests/real/storm $(BUILD)

# All that the tests run.
programs: $(test_programs) $(documents) $(BUILD)/tests/preload/refuse.so

$(BUILD)/tests/preload/%.so: tests/preload/%.c
	@mkdir -p $(@D)
	$(call say,link $@)$(CC) -shared -fPIC -O2 -D_GNU_SOURCE $(WARNINGS) -o $@ $<

unit: $(unit_programs)
	@for program in $(unit_programs); do $$program || exit 1; done

$(BUILD)/libreader.a: $(filter-out $(BUILD)/src/main.o,$(program_objects)) $(BUILD)/objects
	$(call say,archive $@)rm -f $@ && $(AR) rcs $@ $(filter %.o,$^)

$(test_programs): %: %.o $(BUILD)/libreader.a $(BUILD)/libbyline.a
	$(call say,link $@)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(LIBS) $(TERMINAL_LIBS) $(more_libs) -lcmocka

$(BUILD)/tests/real/test-terminal: $(terminal_parts)
$(BUILD)/tests/real/test-terminal: more_libs = -lvterm

# Each fuzz target for SECONDS, from the inputs in tests/fuzz/corpus; FUZZ_ONLY=text: that one.
fuzz:
	@tools/install-deps build fuzz
	@$(MAKE) --no-print-directory CC=clang FUZZ=1 BUILD=$(BUILD)/fuzz fuzz-targets
	@$(PYTHON) tests/fuzz/run --seconds $(or $(SECONDS),60) $(BUILD)/fuzz $(FUZZ_ONLY)

# Which share of the lines of what it is aimed at each target reaches with its corpus.
fuzz-coverage:
	@tools/install-deps build fuzz
	@$(MAKE) --no-print-directory CC=clang FUZZ=coverage BUILD=$(BUILD)/coverage fuzz-targets
	@$(PYTHON) tests/fuzz/run --coverage $(BUILD)/coverage $(FUZZ_ONLY)

fuzz-targets: $(fuzz_targets)

$(fuzz_targets): %: %.o $(BUILD)/libreader.a $(BUILD)/libbyline.a
	$(call say,link $@)$(CC) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS) $(TERMINAL_LIBS)

# The numbers to reach, measured beside other programs; nothing is asserted. ONLY=WORD: some rows.
bench:
	@tools/install-deps build bench
	@$(MAKE) --no-print-directory all $(BUILD)/stopwatch
	@$(PYTHON) tools/bench --only "$(ONLY)" $(BUILD)/byline $(BUILD)/stopwatch

$(BUILD)/stopwatch: $(BUILD)/tools/stopwatch.o
	$(call say,link $@)$(CC) $(LDFLAGS) -o $@ $< -lvterm -lutil

# Fits the weights of PACK on the texts in DATA, and writes them into it: tools/tune --help. ONLY=names, ONLY=speakers.
tune: all
	@$(PYTHON) tools/tune --byline $(BUILD)/byline $(if $(ONLY),--only $(ONLY)) $(if $(PASSES),--passes $(PASSES)) \
		$(or $(PACK),packs/news-en.yaml) $(or $(DATA),$(error DATA: the annotated texts, as tools/tune --help says))

# ---- Keeping house

clean:
	rm -rf $(BUILD)

c_files = $$(find src include tests tools -name '*.[ch]')

format:
	clang-format -i $(c_files)

check-format:
	clang-format --dry-run -Werror $(c_files)

# The table of keys in README.md is made from the program's own.
readme: all
	@ROOT=$(CURDIR) BYLINE=$(abspath $(BUILD)/byline) $(PYTHON) tests/checks/readme.py --write

# What is drawn on which terminal, as the tests see it.
terminals: all programs
	@ROOT=$(CURDIR) BYLINE=$(abspath $(BUILD)/byline) $(PYTHON) tests/checks/terminals.py --write

.PHONY: all documents install install-strip uninstall programs unit demo test storm bench tune clean terminals format check-format readme
.SECONDARY:
-include $(patsubst %,$(BUILD)/tools/%.d,embed-themes embed-packs stopwatch expand expand-manual expand-shells)
-include $(loader_objects:.o=.d) $(program_objects:.o=.d) $(test_programs:=.d) $(fuzz_targets:=.d) $(terminal_parts:.o=.d)
