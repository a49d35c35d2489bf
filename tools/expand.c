/* expand TEMPLATE: prints a template with what the program's own tables say in it.
 *
 * A line `@NAME ARGUMENT` becomes what the part of that name prints; every other line stays as it
 * is. So the manual and the completions of shells name every option, key, command, variable and
 * setting there is, and none that is not. Runs when the program is built. */
#include "expand.h"

#include <stdio.h>
#include <string.h>

#include "byline/rules.h"

bool take_line(struct slice *text, struct slice *line)
{
	const char *end = text->length ? memchr(text->bytes, '\n', text->length) : NULL;
	size_t length = end ? (size_t)(end - text->bytes) : text->length;
	if (text->length == 0)
		return false;
	*line = slice_cut(*text, 0, length);
	*text = slice_cut(*text, length + (end != NULL), text->length);
	return true;
}

struct slice take_field(struct slice *line)
{
	const char *end = line->length ? memchr(line->bytes, '\t', line->length) : NULL;
	size_t length = end ? (size_t)(end - line->bytes) : line->length;
	struct slice field = slice_cut(*line, 0, length);
	*line = slice_cut(*line, length + (end != NULL), line->length);
	return field;
}

static const struct part *find_part(const struct part *parts, struct slice name)
{
	for (; parts->name; parts++)
		if (slice_is(name, parts->name))
			return parts;
	return NULL;
}

static bool expand_line(struct expansion *expansion, struct slice line)
{
	if (line.length == 0 || line.bytes[0] != '@') {
		buffer_append(expansion->out, line);
		buffer_byte(expansion->out, '\n');
		return true;
	}
	const char *blank = memchr(line.bytes, ' ', line.length);
	size_t end = blank ? (size_t)(blank - line.bytes) : line.length;
	struct slice name = slice_cut(line, 1, end);
	const struct part *part = find_part(manual_parts, name);
	if (!part)
		part = find_part(shell_parts, name);
	if (part)
		part->print(expansion, slice_trim(slice_cut(line, end, line.length)));
	else
		fprintf(stderr, "expand: there is no part '%.*s'\n", (int)name.length, name.bytes);
	return part != NULL;
}

static bool expand(const char *path, struct packs *packs, struct diagnostics *out)
{
	struct buffer template = {0}, text = {0};
	bool good = file_read(path, (size_t)1 << 20, &template, out);
	struct expansion expansion = {buffer_slice(&template), packs, &text};
	for (struct slice line; good && take_line(&expansion.template, &line);)
		good = expand_line(&expansion, line);
	good = good && fwrite(text.bytes, 1, text.length, stdout) == text.length;
	buffer_release(&template);
	buffer_release(&text);
	return good && fflush(stdout) == 0;
}

int main(int count, char **arguments)
{
	struct diagnostics out = {0};
	struct packs packs = {0};
	struct buffer said = {0};
	for (size_t i = 0; pack_embedded(i); i++) {
		struct pack *pack = pack_load(pack_embedded(i), NULL, &out);
		if (pack)
			packs_add(&packs, pack);
	}
	bool good = count == 2 && expand(arguments[1], &packs, &out) && out.total == 0;
	diagnostics_tell(&out, "expand", &said);
	if (said.length > 0)
		fputs(said.bytes, stderr);
	buffer_release(&said);
	diagnostics_release(&out);
	packs_release(&packs);
	return good ? 0 : 1;
}
