/* What looks like no text is asked about before it is shown: y reads it all the same. Until then
 * nothing of it is read on, shown or annotated.
 */
#include "tui/app.h"

bool reading_is_asked(const struct reading *reading)
{
	return reading->document != NULL && document_is_binary(reading->document) &&
	       !reading->loading.accepted;
}

static bool has_next(const struct reader *reader)
{
	return reader->current + 1 < reader->reading_count;
}

void reader_ask(struct reader *reader)
{
	const struct reading *reading = reader_reading(reader);
	if (!reading_is_asked(reading))
		return;
	const char *what = document_binary_name(reading->document);
	struct buffer text = {0}, remedy = {0};
	reading_put_name(reading, &text);
	buffer_format(&text, " looks like %s, not text; ", what != NULL ? what : "binary data");
	if (document_put_remedy(reading->document, &remedy))
		buffer_format(&text, "try %s; ", remedy.bytes);
	buffer_format(&text, "y reads it all the same, %s%s quits",
		has_next(reader) ? "n goes to the next, " : "", reader_key_for(reader, "close"));
	reader_say(reader, "%s", text.bytes);
	buffer_release(&text);
	buffer_release(&remedy);
}

static void accept(struct reading *reading)
{
	reading->loading.accepted = true;
	reading->article.veiled = false;
	article_grown(&reading->article);
}

bool reader_take_answer(struct reader *reader, struct key key)
{
	struct reading *reading = reader_reading(reader);
	if (!reading_is_asked(reading) || reader->prompt.kind != NULL || key.modifiers != 0)
		return false;
	if (key.code == 'y')
		accept(reading);
	else if (key.code == 'n' && has_next(reader))
		reader_command(reader, slice_of("next-file"), &(struct call){.count = 1});
	else if (key.code == 'n')
		reader_ask(reader);
	else
		return false;
	return true;
}
