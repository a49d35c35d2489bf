/* unit_waiting.c: what is asked for before it is there is done when it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tui/app.h"

struct stage {
	struct styles *styles;
	struct width_policy policy;
	struct packs packs;
	struct theme *theme;
	struct keymap *keymap;
	struct diagnostics problems;
	struct terminal *terminal;
	struct reader *reader;
	char path[32];
};

static void write_text(const char *path)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs("A Heading\n\n", file);
	for (int i = 0; i < 3000; i++)
		fprintf(file, "Words of line %d stand here.\n", i);
	fputs("\nAnother Heading\n\n\xE2\x80\x9CNo,\xE2\x80\x9D said Ana Duarte.\n", file);
	fclose(file);
}

/* As UTF-16: half of its bytes are zeros. */
static void write_wide_text(const char *path)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fwrite("\xFF\xFE", 1, 2, file);
	for (int i = 0; i < (1 << 17) / 8; i++)
		fwrite("w\0o\0r\0d\0s\0.\0 \0\n", 1, 16, file);
	fclose(file);
}

static void open_stage_with(struct stage *stage, void (*write)(const char *path))
{
	*stage = (struct stage){.policy = {.ambiguous = 1}, .path = "/tmp/byline-XXXXXX"};
	close(mkstemp(stage->path));
	write(stage->path);
	stage->styles = styles_new();
	packs_add(&stage->packs, pack_load("news-en", NULL, &stage->problems));
	stage->keymap = keymap_new();
	keymap_use_preset(stage->keymap, slice_of(DEFAULT_PRESET));
	stage->theme = theme_load("dusk", NULL, &stage->problems);
	stage->terminal = terminal_memory(stage->styles, &stage->policy, 80, 24);
	const char *paths[] = {stage->path};
	stage->reader = reader_new(&(struct reader_settings){
		.terminal = stage->terminal,
		.packs = &stage->packs,
		.keymap = stage->keymap,
		.theme = stage->theme,
		.paths = paths,
		.path_count = 1,
		.first = source_open(stage->path, SIZE_MAX, &stage->problems),
		.problems = &stage->problems,
	});
	reader_settle(stage->reader);
}

static void open_stage(struct stage *stage)
{
	open_stage_with(stage, write_text);
}

static void close_stage(struct stage *stage)
{
	terminal_free(stage->terminal);
	reader_free(stage->reader);
	theme_free(stage->theme);
	keymap_free(stage->keymap);
	packs_release(&stage->packs);
	styles_free(stage->styles);
	diagnostics_release(&stage->problems);
	unlink(stage->path);
}

static void command(struct stage *stage, const char *text)
{
	reader_command(stage->reader, slice_of(text), &(struct call){.count = 1});
}

static size_t point(const struct stage *stage)
{
	return reader_reading(stage->reader)->article.point;
}

static size_t place_of(const struct stage *stage, const char *words)
{
	struct slice text = document_text(reader_reading(stage->reader)->document);
	const char *found = memmem(text.bytes, text.length, words, strlen(words));
	assert_non_null(found);
	return (size_t)(found - text.bytes);
}

static void goes(const char *text, const char *words)
{
	struct stage stage;
	open_stage(&stage);
	command(&stage, text);
	assert_int_equal(point(&stage), 0);
	reader_run_dry(stage.reader);
	reader_settle(stage.reader);
	assert_int_equal(point(&stage), place_of(&stage, words));
	close_stage(&stage);
}

static void positions_wait_for_text_and_annotations(void **state)
{
	(void)state;
	goes("go-to quote:1", "\xE2\x80\x9CNo");
	goes("go-to entity:ana duarte", "Ana Duarte");
	goes("go-to heading:2", "Another");
}

static void a_byte_is_waited_for(void **state)
{
	(void)state;
	struct stage stage;
	open_stage(&stage);
	command(&stage, "go-to 70000");
	reader_run_dry(stage.reader);
	assert_int_equal(point(&stage), 70000);
	close_stage(&stage);
}

static void walks_wait(void **state)
{
	(void)state;
	goes("next-quote", "\xE2\x80\x9CNo");
}

/* 64 KiB of 256 KiB were read, of which there are 32 KiB of text. */
static void loading_is_told_in_bytes_of_the_file(void **state)
{
	(void)state;
	struct stage stage;
	struct buffer told = {0};
	open_stage_with(&stage, write_wide_text);
	assert_true(reader_load(stage.reader));
	reading_put_loading(reader_reading(stage.reader), &told);
	assert_string_equal(told.bytes, "loading 24 %"); /* the mark is of two bytes more */
	assert_in_range(reading_bytes(reader_reading(stage.reader)), 131072, 131090);
	buffer_release(&told);
	close_stage(&stage);
}

/* Whoever goes elsewhere stays there. */
static void a_move_ends_the_wait(void **state)
{
	(void)state;
	struct stage stage;
	open_stage(&stage);
	while (document_block_count(reader_reading(stage.reader)->document) < 100)
		assert_true(reader_load(stage.reader));
	reader_settle(stage.reader);
	command(&stage, "go-to quote:1");
	assert_true(reader_reading(stage.reader)->awaited.going);
	command(&stage, "page-down");
	command(&stage, "page-down");
	size_t here = point(&stage);
	reader_run_dry(stage.reader);
	assert_false(reader_reading(stage.reader)->awaited.going);
	assert_int_equal(point(&stage), here);
	close_stage(&stage);
}

static void stopping_ends_the_wait(void **state)
{
	(void)state;
	struct stage stage;
	open_stage(&stage);
	command(&stage, "go-to quote:1");
	command(&stage, "stop");
	assert_false(reader_reading(stage.reader)->awaited.going);
	reader_run_dry(stage.reader);
	assert_int_equal(point(&stage), 0);
	close_stage(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(positions_wait_for_text_and_annotations),
		cmocka_unit_test(a_byte_is_waited_for),
		cmocka_unit_test(loading_is_told_in_bytes_of_the_file),
		cmocka_unit_test(walks_wait),
		cmocka_unit_test(a_move_ends_the_wait),
		cmocka_unit_test(stopping_ends_the_wait),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
