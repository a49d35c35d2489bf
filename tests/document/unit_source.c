/* unit_source.c: where texts come from, step by step: pipes that wait, files that change. */
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "byline/document.h"

#define LIMIT ((size_t)1 << 20)
#define BUDGET 100

struct reading {
	struct source *source;
	struct document *document;
	struct diagnostics out;
};

static int enter_folder(void **state)
{
	static char folder[] = "/tmp/byline-source-XXXXXX";
	*state = folder;
	return mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static int leave_folder(void **state)
{
	static const char *const names[] = {"text", "moved", "fifo", "socket", "circle"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unlink(names[i]);
	return chdir("/") != 0 || rmdir(*state) != 0;
}

static void put(const char *name, const char *mode, const char *text)
{
	FILE *file = fopen(name, mode);
	assert_non_null(file);
	assert_int_equal(fputs(text, file) >= 0, 1);
	assert_int_equal(fclose(file), 0);
}

static void write_all(int descriptor, const char *text)
{
	assert_int_equal(write(descriptor, text, strlen(text)), (ssize_t)strlen(text));
}

static struct reading begin(const char *path)
{
	struct reading reading = {0};
	reading.source = source_open(path, LIMIT, &reading.out);
	reading.document = document_new(path, NULL);
	assert_non_null(reading.source);
	return reading;
}

static void leave(struct reading *reading)
{
	source_close(reading->source);
	document_free(reading->document);
	diagnostics_release(&reading->out);
}

static void expect_state(struct reading *reading, enum source_state state)
{
	assert_int_equal(
		source_read(reading->source, reading->document, BUDGET, &reading->out), state);
}

static void expect_text(const struct reading *reading, const char *text)
{
	assert_true(slice_is(document_text(reading->document), text));
}

static void expect_told(struct reading *reading, const char *message)
{
	assert_int_equal(reading->out.count, 1);
	assert_string_equal(reading->out.items[0].message, message);
	diagnostics_release(&reading->out);
}

/* ---- Files ------------------------------------------------------------------------------ */

static void test_a_file_comes_in_slices(void **state)
{
	(void)state;
	struct buffer text = {0};
	for (int i = 0; i < 25; i++)
		buffer_text(&text, "ten bytes\n");
	put("text", "w", text.bytes);
	struct reading reading = begin("text");
	assert_int_equal(source_size(reading.source), 250);
	assert_int_equal(source_descriptor(reading.source), -1);
	document_decide(reading.document);
	for (size_t length = 100; length <= 200; length += 100) {
		expect_state(&reading, SOURCE_MORE);
		assert_int_equal(document_text(reading.document).length, length);
		assert_false(document_is_whole(reading.document));
	}
	expect_state(&reading, SOURCE_ENDED);
	expect_state(&reading, SOURCE_ENDED);
	expect_text(&reading, text.bytes);
	assert_true(document_is_whole(reading.document));
	assert_int_equal(reading.out.total, 0);
	leave(&reading);
	buffer_release(&text);
}

static void test_a_file_that_grows_is_followed(void **state)
{
	(void)state;
	put("text", "w", "One.\nTw");
	struct reading reading = begin("text");
	expect_state(&reading, SOURCE_ENDED);
	assert_false(source_follow(reading.source, &reading.out));
	put("text", "a", "o.\nThree.\n");
	assert_true(source_follow(reading.source, &reading.out));
	assert_int_equal(source_size(reading.source), 17);
	expect_state(&reading, SOURCE_ENDED);
	expect_text(&reading, "One.\nTwo.\nThree.\n");
	assert_int_equal(document_block_count(reading.document), 3);
	assert_int_equal(reading.out.total, 0);
	leave(&reading);
}

static void test_an_empty_file_is_followed(void **state)
{
	(void)state;
	put("text", "w", "");
	struct reading reading = begin("text");
	expect_state(&reading, SOURCE_ENDED);
	put("text", "a", "One.\n");
	assert_true(source_follow(reading.source, &reading.out));
	expect_state(&reading, SOURCE_ENDED);
	expect_text(&reading, "One.\n");
	leave(&reading);
}

static void test_a_file_that_was_cut_is_told_once(void **state)
{
	(void)state;
	put("text", "w", "One.\nTwo.\n");
	struct reading reading = begin("text");
	expect_state(&reading, SOURCE_ENDED);
	put("text", "w", "One.\n");
	assert_false(source_follow(reading.source, &reading.out));
	assert_false(source_follow(reading.source, &reading.out));
	expect_told(&reading, "it is shorter than what was read, which is kept");
	expect_text(&reading, "One.\nTwo.\n");
	leave(&reading);
}

static void test_another_file_of_the_name_is_told(void **state)
{
	(void)state;
	put("text", "w", "One.\n");
	struct reading reading = begin("text");
	expect_state(&reading, SOURCE_ENDED);
	assert_int_equal(rename("text", "moved"), 0);
	put("text", "w", "Another one.\n");
	assert_false(source_follow(reading.source, &reading.out));
	expect_told(&reading, "it was moved or deleted; what was read is kept");
	leave(&reading);
}

static void test_a_file_that_shrinks_while_it_is_read_keeps_what_was_read(void **state)
{
	(void)state;
	struct buffer text = {0};
	for (int i = 0; i < 30; i++)
		buffer_text(&text, "ten bytes\n");
	put("text", "w", text.bytes);
	struct reading reading = begin("text");
	expect_state(&reading, SOURCE_MORE);
	assert_int_equal(truncate("text", 50), 0);
	expect_state(&reading, SOURCE_ENDED);
	assert_int_equal(document_text(reading.document).length, BUDGET);
	expect_told(&reading, "it became shorter while it was read; what had been read is kept");
	leave(&reading);
	buffer_release(&text);
}

static void test_a_deleted_file_is_read_to_its_end(void **state)
{
	(void)state;
	put("text", "w", "One.\n");
	struct reading reading = begin("text");
	assert_int_equal(unlink("text"), 0);
	expect_state(&reading, SOURCE_ENDED);
	expect_text(&reading, "One.\n");
	leave(&reading);
}

static void test_the_limit_is_kept(void **state)
{
	(void)state;
	struct diagnostics out = {0};
	put("text", "w", "One.\n");
	assert_null(source_open("text", 4, &out));
	assert_int_equal(out.count, 1);
	assert_string_equal(out.items[0].message,
		"it is larger than 4 bytes, the most there is room for; split it");
	diagnostics_release(&out);
	struct source *source = source_open("text", 5, &out);
	struct document *document = document_new("text", NULL);
	put("text", "a", "Two.\n");
	assert_int_equal(source_read(source, document, BUDGET, &out), SOURCE_FAILED);
	assert_true(document_is_whole(document));
	assert_int_equal(out.count, 1);
	diagnostics_release(&out);
	document_free(document);
	source_close(source);
}

/* Sets the address space that is left; returns what was set before. */
static struct rlimit limit_address_space(size_t left)
{
	struct rlimit before, limit;
	unsigned long pages = 0;
	FILE *file = fopen("/proc/self/statm", "r");
	assert_non_null(file);
	assert_int_equal(fscanf(file, "%lu", &pages), 1);
	fclose(file);
	assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
	limit = before;
	limit.rlim_cur = pages * (size_t)sysconf(_SC_PAGESIZE) + left;
	assert_int_equal(setrlimit(RLIMIT_AS, &limit), 0);
	return before;
}

static void test_a_limit_of_address_space_leaves_room_for_a_text(void **state)
{
	(void)state;
	size_t before = source_limit(), left = (size_t)90 << 20;
	struct rlimit limit = limit_address_space(left);
	size_t most = source_limit();
	struct document *document = document_new("text", NULL);
	bool fits = document_append(document, slice_of("One.\n"));
	document_finish(document);
	setrlimit(RLIMIT_AS, &limit);
	assert_true(before > left);
	assert_in_range(most, left / 4, left / 3);
	assert_true(fits);
	assert_int_equal(document_text(document).length, 5);
	document_free(document);
}

static void test_what_finds_no_room_is_told(void **state)
{
	(void)state;
	static char line[1 << 16];
	memset(line, 'a', sizeof line);
	struct rlimit limit = limit_address_space((size_t)60 << 20);
	struct document *document = document_new("text", NULL);
	size_t length = 0;
	while (document_append(document, (struct slice){line, sizeof line}))
		length += sizeof line;
	document_finish(document);
	setrlimit(RLIMIT_AS, &limit);
	assert_in_range(length, (size_t)10 << 20, (size_t)20 << 20);
	assert_true(document_text(document).length >= length);
	assert_int_equal(document_block_count(document), 1);
	document_free(document);
}

/* ---- What is no file -------------------------------------------------------------------- */

static void expect_refused(const char *path, const char *message)
{
	struct diagnostics out = {0};
	assert_null(source_open(path, LIMIT, &out));
	assert_int_equal(out.count, 1);
	assert_string_equal(out.items[0].path, path);
	assert_string_equal(out.items[0].message, message);
	diagnostics_release(&out);
}

static void test_what_has_no_text_is_refused(void **state)
{
	(void)state;
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "socket"};
	int listening = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(listening, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(symlink("circle", "circle"), 0);
	expect_refused(".", "it is a folder; name a file in it");
	expect_refused("/dev/zero", "it is a device; name a file");
	expect_refused("socket", "it is a socket; name a file");
	expect_refused("circle", "its links lead in a circle; name the file itself");
	expect_refused("missing", "there is no such file; check the spelling and the folder");
	expect_refused("/dev/fd/999", "there is no such file; check the spelling and the folder");
	close(listening);
}

static void test_a_fifo_waits_for_its_writer(void **state)
{
	(void)state;
	unlink("fifo");
	assert_int_equal(mkfifo("fifo", 0600), 0);
	struct reading reading = begin("fifo");
	expect_state(&reading, SOURCE_WAITING);
	assert_true(source_has_no_writer(reading.source));
	int writer = open("fifo", O_WRONLY);
	expect_state(&reading, SOURCE_WAITING);
	assert_false(source_has_no_writer(reading.source));
	write_all(writer, "One.\n");
	struct pollfd watched = {.fd = source_descriptor(reading.source), .events = POLLIN};
	assert_int_equal(poll(&watched, 1, 5000), 1);
	expect_state(&reading, SOURCE_WAITING);
	document_decide(reading.document);
	expect_text(&reading, "One.\n");
	close(writer);
	expect_state(&reading, SOURCE_ENDED);
	assert_int_equal(source_descriptor(reading.source), -1);
	assert_false(source_follow(reading.source, &reading.out));
	assert_true(document_is_whole(reading.document));
	assert_int_equal(reading.out.total, 0);
	leave(&reading);
}

static void test_a_writer_that_says_nothing_ends_a_fifo(void **state)
{
	(void)state;
	unlink("fifo");
	assert_int_equal(mkfifo("fifo", 0600), 0);
	struct reading reading = begin("fifo");
	close(open("fifo", O_WRONLY));
	expect_state(&reading, SOURCE_ENDED);
	expect_text(&reading, "");
	leave(&reading);
}

/* Others read from standard input as well: it must block for them as before. */
static void test_standard_input_is_not_made_to_return(void **state)
{
	(void)state;
	int ends[2], before = dup(STDIN_FILENO);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	struct reading reading = begin("-");
	expect_state(&reading, SOURCE_WAITING);
	assert_false(source_has_no_writer(reading.source));
	assert_int_equal(fcntl(STDIN_FILENO, F_GETFL) & O_NONBLOCK, 0);
	write_all(ends[1], "One.\n");
	expect_state(&reading, SOURCE_WAITING);
	close(ends[1]);
	expect_state(&reading, SOURCE_ENDED);
	expect_text(&reading, "One.\n");
	leave(&reading);
	close(ends[0]);
	if (before >= 0)
		dup2(before, STDIN_FILENO);
	else
		close(STDIN_FILENO);
	close(before);
}

/* What is left in a pipe whose writer has gone has an end. */
static void test_an_inherited_pipe_ends(void **state)
{
	(void)state;
	int ends[2];
	char path[40];
	assert_int_equal(pipe(ends), 0);
	write_all(ends[1], "One.\n");
	close(ends[1]);
	snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
	struct reading reading = begin(path);
	expect_state(&reading, SOURCE_ENDED);
	expect_text(&reading, "One.\n");
	leave(&reading);
	close(ends[0]);
}

static void test_a_file_as_standard_input_is_read_from_where_it_stands(void **state)
{
	(void)state;
	int before = dup(STDIN_FILENO);
	put("text", "w", "One.\nTwo.\n");
	int file = open("text", O_RDONLY);
	assert_int_equal(lseek(file, 5, SEEK_SET), 5);
	assert_int_equal(dup2(file, STDIN_FILENO), STDIN_FILENO);
	struct reading reading = begin("-");
	assert_int_equal(source_size(reading.source), 5);
	expect_state(&reading, SOURCE_ENDED);
	expect_text(&reading, "Two.\n");
	put("text", "a", "Three.\n");
	assert_true(source_follow(reading.source, &reading.out));
	expect_state(&reading, SOURCE_ENDED);
	expect_text(&reading, "Two.\nThree.\n");
	leave(&reading);
	close(file);
	if (before >= 0)
		dup2(before, STDIN_FILENO);
	else
		close(STDIN_FILENO);
	close(before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_file_comes_in_slices),
		cmocka_unit_test(test_a_file_that_grows_is_followed),
		cmocka_unit_test(test_an_empty_file_is_followed),
		cmocka_unit_test(test_a_file_that_was_cut_is_told_once),
		cmocka_unit_test(test_another_file_of_the_name_is_told),
		cmocka_unit_test(test_a_file_that_shrinks_while_it_is_read_keeps_what_was_read),
		cmocka_unit_test(test_a_deleted_file_is_read_to_its_end),
		cmocka_unit_test(test_the_limit_is_kept),
		cmocka_unit_test(test_a_limit_of_address_space_leaves_room_for_a_text),
		cmocka_unit_test(test_what_finds_no_room_is_told),
		cmocka_unit_test(test_what_has_no_text_is_refused),
		cmocka_unit_test(test_a_fifo_waits_for_its_writer),
		cmocka_unit_test(test_a_writer_that_says_nothing_ends_a_fifo),
		cmocka_unit_test(test_standard_input_is_not_made_to_return),
		cmocka_unit_test(test_an_inherited_pipe_ends),
		cmocka_unit_test(test_a_file_as_standard_input_is_read_from_where_it_stands),
	};
	return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
