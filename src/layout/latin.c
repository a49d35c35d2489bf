/* latin.c: UAX #14 for the repertoire of most western text.
 *
 * Two code points are of one class here if libunistring's breaks (less those that wrap.c forbids)
 * treat them alike beside every other of the repertoire. None of the rules that look further than
 * two neighbours applies to it, so a pair table is exact; a test compares it with the slow way.
 */
#include "layout/latin.h"

/* Classes from U+0021 to U+007E, U+00A0 to U+017F, U+2010 to U+2027. */
#define ASCII_FIRST 0x21u
#define ASCII_END 0x7Fu
#define LATIN_FIRST 0xA0u
#define LATIN_END 0x180u
#define SIGNS_FIRST 0x2010u
#define SIGNS_END 0x2028u
static const char classes[] = "abcddcbefcdghgijjjjjjjjjjgicccackkkkkkkkkkkkkkkkkkkkkkkkkkedfc"
			      "cckkkkkkkkkkkkkkkkkkkkkkkkkkelmc"
			      "neddddcccckbcoccddccpkcccckbccce"
			      "kkkkkkkkkkkkkkkkkkkkkkkckkkkkkkk"
			      "kkkkkkkkkkkkkkkkkkkkkkkckkkkkkkk"
			      "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
			      "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
			      "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
			      "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
			      "lnllqcccbbebbbebccccrrrl";

/* A row a class before, a column a class after: D a break even without blanks between them, I with
 * blanks only, P never. */
static const char pairs[LATIN_CLASSES][LATIN_CLASSES + 1] = {
	"PIDDDPPIPDDIPIIDDI", /* a: ! ? */
	"PIIIPPPIPIIIPIIIII", /* b: quote marks */
	"PIIIIPPIPIIIPIIDDI", /* c: signs */
	"PIIDIPPIPIIIPIIDDI", /* d: signs of money, units */
	"PPPPPPPPPPPPPPPPPP", /* e: ( [ { */
	"PIIIDPPIPIIIPIIDDI", /* f: ) ] */
	"PIDDDPPIPIIIPIIDDI", /* g: . , : */
	"PIDDDPPIPIDIPDIDDI", /* h: hyphen-minus */
	"PIDDDPPIPIDIPIIDDI", /* i: / ; */
	"PIIIIPPIPIIIPIIDDI", /* j: digits */
	"PIIIIPPIPIIIPIIDDI", /* k: letters */
	"PIDDDPPIPDDIPDIDDI", /* l: | and dashes that end a row */
	"PIDIDPPIPDDIPIIDDI", /* m: } */
	"PIIIIPPIPIIIPIIIII", /* n: what glues */
	"PIIIIPPIPIIIPIIIII", /* o: soft hyphen */
	"PIIIIPPIPIIIPIIIII", /* p: acute accent */
	"PIDDDPPIPDDIPIIDPI", /* q: em dash */
	"PIDDDPPIPDDIPIIDDI", /* r: ellipsis */
};

static unsigned code_latin_class(uint32_t code)
{
	size_t at;
	if (code >= ASCII_FIRST && code < ASCII_END)
		at = code - ASCII_FIRST;
	else if (code == ' ' || (code >= '\t' && code <= '\r'))
		return LATIN_BLANK;
	else if (code >= LATIN_FIRST && code < LATIN_END)
		at = code - LATIN_FIRST + (ASCII_END - ASCII_FIRST);
	else if (code >= SIGNS_FIRST && code < SIGNS_END)
		at = code - SIGNS_FIRST + (ASCII_END - ASCII_FIRST) + (LATIN_END - LATIN_FIRST);
	else
		return LATIN_OTHER;
	return (unsigned)(classes[at] - 'a');
}

unsigned latin_class(struct slice text, size_t at, size_t *length)
{
	uint32_t code = (unsigned char)text.bytes[at];
	*length = 1;
	if (code >= 0x80)
		*length = utf8_decode(text, at, &code);
	return code_latin_class(code);
}

bool latin_knows(struct slice text)
{
	size_t length;
	for (size_t at = 0; at < text.length; at += length) {
		if (latin_class(text, at, &length) == LATIN_OTHER)
			return false;
	}
	return true;
}

bool latin_may_break(unsigned before, unsigned after, bool blanks_between)
{
	char pair = pairs[before][after];
	return pair == 'D' || (pair == 'I' && blanks_between);
}
