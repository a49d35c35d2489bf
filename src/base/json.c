/* JSON as RFC 8259 writes it, with a blank after each comma and colon. Beyond what it asks, all
 * that code_is_control names is escaped: printed on a terminal, nothing obeys it. */
#include "byline/base.h"

#include <math.h>
#include <string.h>

static void code_escape(uint32_t code, struct buffer *out)
{
	switch (code) {
	case '"':
	case '\\':
		buffer_format(out, "\\%c", (char)code);
		return;
	case '\n':
		buffer_text(out, "\\n");
		return;
	case '\t':
		buffer_text(out, "\\t");
		return;
	case '\r':
		buffer_text(out, "\\r");
		return;
	default:
		buffer_format(out, "\\u%04x", (unsigned)code);
	}
}

/* True for ASCII that stands in a string as it is. */
static bool is_plain(char byte)
{
	return byte >= ' ' && byte < 0x7F && byte != '"' && byte != '\\';
}

static void string_print(struct buffer *out, struct slice text)
{
	size_t printed = 0;
	buffer_byte(out, '"');
	for (size_t at = 0; at < text.length;) {
		uint32_t code;
		if (is_plain(text.bytes[at])) {
			at++;
			continue;
		}
		size_t length = utf8_decode(text, at, &code);
		if (code == '"' || code == '\\' || code_is_control(code)) {
			buffer_append(out, slice_cut(text, printed, at));
			code_escape(code, out);
			printed = at + length;
		} else if (code == REPLACEMENT) {
			buffer_append(out, slice_cut(text, printed, at));
			buffer_text(out, "\xEF\xBF\xBD");
			printed = at + length;
		}
		at += length;
	}
	buffer_append(out, slice_cut(text, printed, text.length));
	buffer_byte(out, '"');
}

/* The comma before a value, and its key, which has nothing to escape. */
static void value_begin(struct json *json, const char *key)
{
	size_t length = key ? strlen(key) : 0, comma = json->first ? 0 : 2;
	char *room = buffer_extend(json->out, comma + (key ? length + 4 : 0));
	memcpy(room, ", ", comma);
	json->first = false;
	if (key == NULL)
		return;
	room[comma] = '"';
	memcpy(room + comma + 1, key, length);
	memcpy(room + comma + 1 + length, "\": ", 3);
}

void json_open(struct json *json, const char *key, char bracket)
{
	value_begin(json, key);
	buffer_byte(json->out, bracket);
	json->first = true;
}

void json_close(struct json *json, char bracket)
{
	buffer_byte(json->out, bracket);
	json->first = false;
}

void json_text(struct json *json, const char *key, struct slice text)
{
	value_begin(json, key);
	string_print(json->out, text);
}

void json_integer(struct json *json, const char *key, int64_t number)
{
	value_begin(json, key);
	buffer_integer(json->out, number);
}

void json_decimal(struct json *json, const char *key, double number, int decimals)
{
	if (!isfinite(number)) {
		json_null(json, key); /* JSON has no word for it */
		return;
	}
	value_begin(json, key);
	if (fabs(number) * pow(10, decimals) < 0.5)
		number = 0; /* not -0.0 */
	buffer_format(json->out, "%.*f", decimals, number);
}

void json_null(struct json *json, const char *key)
{
	value_begin(json, key);
	buffer_text(json->out, "null");
}
