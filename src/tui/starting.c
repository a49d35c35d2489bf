/* What a reader begins with: commands from the command line.
 *
 * As in less, what stands behind a plus are keys that are typed first; as in vi, it may be the name
 * of a command, a number or a pattern as well, which is what it is taken for where it is one.
 */
#include "tui/app.h"

static void type_keys(struct reader *reader, struct slice text)
{
	struct keys keys = {0};
	struct diagnostics problems = {0};
	if (!keys_parse(text, &keys, &problems))
		reader_complain_of(reader, &problems);
	for (size_t i = 0; i < keys.count && !reader->quit; i++)
		reader_key(reader, keys.items[i]);
	keys_release(&keys);
	diagnostics_release(&problems);
}

static void go_to_first(struct reader *reader)
{
	struct position position;
	if (reader->at != NULL && position_parse(slice_of(reader->at), &position))
		reader_go_to(reader, &position);
	if (reader->at != NULL)
		position_release(&position);
	reader->at = NULL;
}

void reader_start(struct reader *reader)
{
	go_to_first(reader);
	for (size_t i = 0; i < reader->start_count && !reader->quit; i++) {
		struct slice text = slice_of(reader->starts[i]);
		if (reader_is_line(text))
			reader_run_line(reader, text);
		else
			type_keys(reader, text);
	}
	reader->start_count = 0;
	reader_settle(reader);
}
