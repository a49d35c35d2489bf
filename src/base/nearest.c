#include "byline/base.h"

/* Words longer than this, in code points, have no near ones: nobody mistypes a name that long. */
#define WORD_LONGEST 64

struct word {
	uint32_t codes[WORD_LONGEST];
	size_t length;
};

/* False where the text is too long. Capitals of ASCII count as small letters. */
static bool word_read(struct slice text, struct word *word)
{
	word->length = 0;
	for (size_t at = 0; at < text.length;) {
		uint32_t code;
		at += utf8_decode(text, at, &code);
		if (word->length == WORD_LONGEST)
			return false;
		if (code >= 'A' && code <= 'Z')
			code += 'a' - 'A';
		word->codes[word->length++] = code;
	}
	return true;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Damerau-Levenshtein distance in its restricted form (optimal string alignment): insertions,
 * deletions, substitutions and swaps of neighbours, no part edited twice. */
static size_t distance(const struct word *a, const struct word *b)
{
	size_t rows[3][WORD_LONGEST + 1];
	for (size_t j = 0; j <= b->length; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a->length; i++) {
		size_t *row = rows[i % 3];
		const size_t *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= b->length; j++) {
			bool same = a->codes[i - 1] == b->codes[j - 1];
			row[j] = least(above[j - 1] + !same, least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a->codes[i - 1] == b->codes[j - 2] &&
				a->codes[i - 2] == b->codes[j - 1])
				row[j] = least(row[j], second[j - 2] + 1);
		}
	}
	return rows[a->length % 3][b->length];
}

const char *nearest(
	struct slice word, const char *(*candidate)(const void *of, size_t i), const void *of)
{
	struct word wanted, other;
	if (!word_read(word, &wanted))
		return NULL;
	size_t bound = wanted.length < 6 ? 1 : wanted.length / 3;
	const char *found = NULL, *name;
	for (size_t i = 0; (name = candidate(of, i)) != NULL; i++) {
		if (!word_read(slice_of(name), &other))
			continue;
		if (other.length > wanted.length + bound || wanted.length > other.length + bound)
			continue;
		size_t far = distance(&wanted, &other);
		if (far < bound || (far == bound && found == NULL)) {
			found = name;
			bound = far;
		}
	}
	return found;
}

struct names {
	const char *const *items;
	size_t count;
};

static const char *name_at(const void *of, size_t i)
{
	const struct names *names = of;
	return i < names->count ? names->items[i] : NULL;
}

const char *nearest_of(struct slice word, const char *const *names, size_t count)
{
	return nearest(word, name_at, &(struct names){names, count});
}
