/* unit_files.c: reading files of every type, in a folder of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "byline/base.h"

static int enter_folder(void **state)
{
	static char folder[] = "/tmp/byline-files-XXXXXX";
	*state = folder;
	return mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static int leave_folder(void **state)
{
	static const char *const names[] = {"text", "large", "circle", "pipe", "socket"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unlink(names[i]);
	return chdir("/") != 0 || rmdir(*state) != 0;
}

static void file_write(const char *name, size_t size)
{
	FILE *file = fopen(name, "wb");
	assert_non_null(file);
	for (size_t i = 0; i < size; i++)
		putc('a' + (int)(i % 26), file);
	assert_int_equal(fclose(file), 0);
}

/* The file cannot be read, says the message, and what was in the buffer stays. */
static void expect_refused(const char *path, size_t limit, const char *message)
{
	struct buffer into = {0};
	struct diagnostics out = {0};
	buffer_text(&into, "before");
	assert_false(file_read(path, limit, &into, &out));
	assert_string_equal(into.bytes, "before");
	assert_int_equal(out.count, 1);
	assert_string_equal(out.items[0].path, path);
	assert_string_equal(out.items[0].message, message);
	buffer_release(&into);
	diagnostics_release(&out);
}

static void expect_read(const char *path, size_t limit, size_t size)
{
	struct buffer into = {0};
	struct diagnostics out = {0};
	assert_true(file_read(path, limit, &into, &out));
	assert_int_equal(into.length, size);
	for (size_t i = 0; i < size; i++)
		assert_int_equal(into.bytes[i], 'a' + (int)(i % 26));
	assert_int_equal(into.bytes[size], '\0');
	assert_int_equal(out.total, 0);
	buffer_release(&into);
}

static void a_file_is_read_whole_up_to_the_limit(void **state)
{
	(void)state;
	file_write("text", 0);
	expect_read("text", 0, 0);
	file_write("text", 100);
	expect_read("text", 100, 100);
	expect_refused("text", 99, "it is larger than 99 bytes, the most that is read; split it");
	file_write("large", (3 << 20) + 7);
	expect_read("large", 4 << 20, (3 << 20) + 7);
	expect_refused(
		"large", 2 << 20, "it is larger than 2 MiB, the most that is read; split it");
}

static void what_has_no_text_is_refused_by_its_type(void **state)
{
	(void)state;
	expect_refused(".", 9, "it is a folder; name a file in it");
	expect_refused("/dev/zero", 9, "it is a device; name a file");
	expect_refused("missing", 9, "there is no such file; check the spelling and the folder");
	file_write("text", 1);
	expect_refused(
		"text/under", 9, "a part of the path is a file, not a folder; check the path");
	assert_int_equal(symlink("circle", "circle"), 0);
	expect_refused("circle", 9, "its links lead in a circle; name the file itself");
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "socket"};
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
	expect_refused("socket", 9, "it is a socket or has no device behind it; name a file");
	close(listener);
}

static void pipe_fill(size_t size)
{
	if (fork() != 0)
		return;
	FILE *file = fopen("pipe", "wb");
	for (size_t i = 0; file != NULL && i < size; i++)
		putc('a' + (int)(i % 26), file);
	if (file != NULL)
		fclose(file);
	_exit(0);
}

static void a_named_pipe_is_read_to_its_end(void **state)
{
	(void)state;
	assert_int_equal(mkfifo("pipe", 0600), 0);
	pipe_fill(200000);
	expect_read("pipe", 200000, 200000);
	pipe_fill(1001);
	expect_refused(
		"pipe", 1000, "it is larger than 1000 bytes, the most that is read; split it");
	while (wait(NULL) > 0)
		;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_read_whole_up_to_the_limit),
		cmocka_unit_test(what_has_no_text_is_refused_by_its_type),
		cmocka_unit_test(a_named_pipe_is_read_to_its_end),
	};
	return cmocka_run_group_tests_name("base/files", tests, enter_folder, leave_folder);
}
