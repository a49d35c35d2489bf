# make               build/byline and build/libbyline.a
# make demo          installs what is missing, builds, opens the reader on a sample
# make test          installs what the tests need, builds, runs them
# make bench         times the program beside others that are installed
# make format        lays out the C sources; make check-format complains where they are not
# make readme        writes the table of keys in README.md anew
# make clean         removes what was built
# SAN=1 builds with sanitizers, CC=clang with clang, WERROR=1 stops at warnings;
# BUILD=folder puts everything there.

CC = gcc
BUILD ?= build
CFLAGS ?= -O2 -g
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wconversion
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -pthread -Iinclude -Isrc -I$(BUILD) $(WARNINGS) $(CFLAGS)
LIBS = -lyaml -lpcre2-8 -lunistring -lm
LDFLAGS += -pthread
TERMINAL_LIBS = -lncursesw -ltinfo
# The system's own Python has the modules that are installed by package.
PYTHON ?= $(firstword $(wildcard /usr/bin/python3) python3)

ifeq ($(SAN),1)
ALL_CFLAGS += -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=all
LDFLAGS += -fsanitize=address,undefined
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
# In the order of the t key.
embedded_themes = $(patsubst %,themes/%.yaml,dusk dawn terminal mono)
# Without the blob, which a program made of these writes.
loader_objects = $(library_sources:%.c=$(BUILD)/%.o) $(BUILD)/gen/themes.o
library_objects = $(loader_objects) $(BUILD)/packs_blob.o
program_objects = $(program_sources:%.c=$(BUILD)/%.o)

# Each tests/*/unit_*.c is a cmocka program; other programs there print what cases compare. They
# are linked with every floor; an archive gives them those they use.
test_programs = $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/*/*.c)))
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

$(BUILD)/embed: $(BUILD)/tools/embed.o
	$(call say,link $@)$(CC) $(LDFLAGS) -o $@ $<

$(BUILD)/gen/themes.c: $(BUILD)/embed $(embedded_themes)
	@mkdir -p $(@D)
	$(call say,embed $(@F))$(BUILD)/embed embedded_themes $(embedded_themes) >$@.part && mv $@.part $@

$(BUILD)/embed-packs: $(BUILD)/tools/embed-packs.o $(loader_objects)
	$(call say,link $@)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/packs.blob: $(BUILD)/embed-packs $(packs) $(lists)
	$(call say,embed $(@F))$(BUILD)/embed-packs $@ $(packs)

$(BUILD)/packs_blob.o: src/rules/packs_blob.S $(BUILD)/packs.blob
	$(call say,compile $<)$(CC) -c -Wa,-I$(BUILD) -o $@ $<

$(BUILD)/terminal_entries.h: src/terminal/entries.ti src/terminal/embed-entries
	@mkdir -p $(@D)
	$(call say,embed $(@F))src/terminal/embed-entries $< $(BUILD)/terminfo >$@.part && mv $@.part $@

$(BUILD)/src/terminal/direct.o: $(BUILD)/terminal_entries.h

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

# All that the tests run.
programs: $(test_programs)

unit: $(unit_programs)
	@for program in $(unit_programs); do $$program || exit 1; done

$(BUILD)/libreader.a: $(filter-out $(BUILD)/src/main.o,$(program_objects)) $(BUILD)/objects
	$(call say,archive $@)rm -f $@ && $(AR) rcs $@ $(filter %.o,$^)

$(test_programs): %: %.o $(BUILD)/libreader.a $(BUILD)/libbyline.a
	$(call say,link $@)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS) $(TERMINAL_LIBS) $(more_libs) -lcmocka

$(BUILD)/tests/real/test-terminal: $(terminal_parts)
$(BUILD)/tests/real/test-terminal: more_libs = -lvterm

# The numbers to reach, measured beside other programs; nothing is asserted. ONLY=WORD: some rows.
bench:
	@tools/install-deps build bench
	@$(MAKE) --no-print-directory all $(BUILD)/stopwatch
	@$(PYTHON) tools/bench --only "$(ONLY)" $(BUILD)/byline $(BUILD)/stopwatch

$(BUILD)/stopwatch: $(BUILD)/tools/stopwatch.o
	$(call say,link $@)$(CC) $(LDFLAGS) -o $@ $< -lvterm -lutil

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

.PHONY: all programs unit demo test bench clean format check-format readme
.SECONDARY:
-include $(patsubst %,$(BUILD)/tools/%.d,embed embed-packs stopwatch)
-include $(loader_objects:.o=.d) $(program_objects:.o=.d) $(test_programs:=.d) $(terminal_parts:.o=.d)
