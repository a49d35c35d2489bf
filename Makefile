# make          build/byline and build/libbyline.a
# make demo     installs what is missing, builds, opens the reader on a sample
# make test     installs what the tests need, builds, runs them
# SAN=1 builds with sanitizers, CC=clang with clang; BUILD=folder puts everything there.

CC = gcc
BUILD ?= build
CFLAGS ?= -O2 -g
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wconversion
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Iinclude -Isrc -I$(BUILD) $(WARNINGS) $(CFLAGS)
LIBS = -lyaml -lpcre2-8 -lunistring -lm
TERMINAL_LIBS = -lncursesw -ltinfo

ifeq ($(SAN),1)
ALL_CFLAGS += -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=all
LDFLAGS += -fsanitize=address,undefined
endif

library_folders = base schema document theme rules annotate layout export
program_folders = store terminal tui cli
library_sources = $(sort $(wildcard $(library_folders:%=src/%/*.c)))
program_sources = $(sort $(wildcard $(program_folders:%=src/%/*.c) src/main.c))
# In the order of the t key.
embedded_themes = $(patsubst %,themes/%.yaml,dusk dawn terminal mono)
library_objects = $(library_sources:%.c=$(BUILD)/%.o) $(BUILD)/gen/themes.o
program_objects = $(program_sources:%.c=$(BUILD)/%.o)

all: $(BUILD)/byline $(BUILD)/libbyline.a

$(BUILD)/byline: $(program_objects) $(BUILD)/libbyline.a
	$(CC) $(LDFLAGS) -o $@ $(program_objects) $(BUILD)/libbyline.a $(LIBS) $(TERMINAL_LIBS)

$(BUILD)/libbyline.a: $(library_objects) $(BUILD)/packs_blob.o
	rm -f $@ && $(AR) rcs $@ $^

# The packs and their lists, read by the loader itself and embedded as one constant blob.
packs = packs/news-en.yaml

$(BUILD)/embed-packs: $(BUILD)/tools/embed-packs.o $(library_objects)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/packs.blob: $(BUILD)/embed-packs $(packs) $(sort $(wildcard packs/lists/*.txt))
	$(BUILD)/embed-packs $@ $(packs)

$(BUILD)/packs_blob.o: src/rules/packs_blob.S $(BUILD)/packs.blob
	$(CC) -c -Wa,-I$(BUILD) -o $@ $<

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Each tests/*/unit_*.c is a cmocka program; other programs there print what cases compare. They
# are linked with every floor; an archive gives them those they use.
unit_programs = $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/*/unit_*.c)))

$(BUILD)/libreader.a: $(filter-out $(BUILD)/src/main.o,$(program_objects))
	rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/tests/%: tests/%.c $(BUILD)/libreader.a $(BUILD)/libbyline.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(TERMINAL_LIBS) -lcmocka

unit: $(unit_programs) $(BUILD)/tests/schema/test-schema
	@for program in $(unit_programs); do $$program || exit 1; done
	@tests/schema/run-cases $(BUILD)/tests/schema/test-schema

$(BUILD)/embed: tools/embed.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $<

$(BUILD)/gen/themes.c: $(embedded_themes) $(BUILD)/embed
	@mkdir -p $(@D)
	$(BUILD)/embed embedded_themes $(embedded_themes) >$@.part && mv $@.part $@

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

clean:
	rm -rf $(BUILD)

format:
	clang-format -i $$(git ls-files '*.c' '*.h')

.PHONY: all unit clean format
-include $(BUILD)/tools/embed-packs.d $(library_objects:.o=.d) $(program_objects:.o=.d)
