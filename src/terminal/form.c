/* form.c: clusters as terminals will count them.
 *
 * Terminals advance by tables of their own, which wcwidth comes closest to; all agree on single
 * characters of long standing and on plain marks. So joined emoji are cut down to their first,
 * selectors and skin tones left out, flags written as their two letters, and what wcwidth does not
 * know is replaced. Only the screen is so: the text keeps everything.
 */
#include "terminal/form.h"

#define JOINER 0x200Du
#define FLAG_FIRST 0x1F1E6u
#define FLAG_LAST 0x1F1FFu

static bool is_selector(uint32_t code)
{
	return (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0xE0000 && code < 0xE1000);
}

static void form_begin(struct form *form, uint32_t code, int width)
{
	form->characters[0] = (wchar_t)code;
	form->characters[1] = L'\0';
	form->width = width;
}

static void form_mark(struct form *form, uint32_t code)
{
	size_t length = wcslen(form->characters);
	if (length > FORM_MARKS)
		return;
	form->characters[length] = (wchar_t)code;
	form->characters[length + 1] = L'\0';
}

/* Appends a code point; false where it does not fit and nothing more is to be shown. */
static bool take_code(uint32_t code, int room, struct form *forms, size_t *count)
{
	if (code >= FLAG_FIRST && code <= FLAG_LAST)
		code = code - FLAG_FIRST + 'A';
	int width = wcwidth((wchar_t)code);
	if (width == 0 && *count > 0) {
		form_mark(&forms[*count - 1], code);
		return true;
	}
	if (width <= 0) {
		code = REPLACEMENT;
		width = wcwidth((wchar_t)code) == 1 ? 1 : room + 1;
	}
	if (width > room)
		return false;
	form_begin(&forms[(*count)++], code, width);
	return true;
}

static int forms_width(const struct form *forms, size_t count)
{
	int width = 0;
	for (size_t i = 0; i < count; i++)
		width += forms[i].width;
	return width;
}

size_t cluster_forms(struct slice cluster, int width, struct form forms[static 2])
{
	size_t count = 0;
	if (cluster.length == 1 && width == 1) { /* most of any text */
		form_begin(&forms[0], (unsigned char)*cluster.bytes, 1);
		return 1;
	}
	for (size_t at = 0; at < cluster.length;) {
		uint32_t code;
		at += utf8_decode(cluster, at, &code);
		if (code == JOINER)
			break;
		if (is_selector(code))
			continue;
		if (!take_code(code, width - forms_width(forms, count), forms, &count))
			break;
	}
	if (count == 0)
		form_begin(&forms[count++], '?', 1);
	while (forms_width(forms, count) < width)
		form_begin(&forms[count++], ' ', 1);
	return count;
}
