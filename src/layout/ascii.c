/* ascii.c: forms of one ASCII character for what a terminal without UTF-8 cannot show. */
#include "byline/layout.h"

/* Runs of code points and the characters that stand for them in turn; sorted. */
struct ascii_run {
	uint32_t first;
	const char *forms;
};

static const struct ascii_run runs[] = {
	{0xA0, " !c#oY|S\"Ca\"--R-"},     /* NBSP ¡ ¢ £ ¤ ¥ ¦ § ¨ © ª « ¬ SHY ® ¯ */
	{0xB0, "o+23'uP.,1o\"///?"},      /* ° ± ² ³ ´ µ ¶ · ¸ ¹ º » ¼ ½ ¾ ¿ */
	{0xD7, "x"},                      /* × */
	{0xF7, "/"},                      /* ÷ */
	{0x2010, "------|_''''\"\"\"\""}, /* dashes, ‖ ‗, quote marks */
	{0x2020, "+#**...-"},             /* † ‡ • ‣ ․ ‥ … ‧ */
	{0x2030, "%%'\"\"'\"\"^<>*!?-"},  /* ‰ ‱ primes ‸ ‹ › ※ ‼ ‽ ‾ */
	{0x2044, "/"},                    /* ⁄ */
	{0x20AC, "E"},                    /* € */
	{0x2116, "#"},                    /* № */
	{0x2122, "T"},                    /* ™ */
	{0x2190, "<^>v-|"},               /* ← ↑ → ↓ ↔ ↕ */
	{0x21B5, "<"},                    /* ↵ */
	{0x21D0, "<^>v="},                /* ⇐ ⇑ ⇒ ⇓ ⇔ */
	{0x2212, "-"},                    /* − */
	{0x2215, "/\\*o*"},               /* ∕ ∖ ∗ ∘ ∙ */
	{0x2248, "~"},                    /* ≈ */
	{0x2260, "#="},                   /* ≠ ≡ */
	{0x2264, "<>"},                   /* ≤ ≥ */
	{0x2500, "--|#--||--||"},         /* lines, plain and dashed; a thick one stands out */
	{0x250C, "++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++"},
	{0x254C, "--||=|"}, /* dashed; double lines */
	{0x2552, "++++++++++++||||||------+++"},
	{0x256D, "++++/\\X-|-|-|-|-|-|"},   /* arcs, diagonals, halves */
	{0x2580, "^_.:-=+*#||||||||:##^|"}, /* ▀, eighths ▁ to █, ▉ to ▏, shades */
	{0x25A0, "#o"},                     /* ■ □ */
	{0x25AA, "*o"},                     /* ▪ ▫ */
	{0x25B2, "^^^^>>>>>>vvvv<<<<<<"},   /* triangles up, right, down, left */
	{0x25C6, "*o"},                     /* ◆ ◇ */
	{0x25CB, "o"},                      /* ○ */
	{0x25CF, "*"},                      /* ● */
	{0x2605, "*"},                      /* ★ */
	{0x2713, "vvxx"},                   /* ✓ ✔ ✕ ✖ */
	{0x276E, "<>"},                     /* ❮ ❯ */
	{0x3000, " ,."},                    /* ideographic space, comma, full stop */
};

static char sign_form(uint32_t code)
{
	size_t low = 0, high = sizeof runs / sizeof *runs;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (runs[middle].first <= code)
			low = middle;
		else
			high = middle;
	}
	struct slice forms = slice_of(runs[low].forms);
	if (code < runs[low].first || code - runs[low].first >= forms.length)
		return 0;
	return forms.bytes[code - runs[low].first];
}

/* The first character of the form in which lists compare a letter: without its marks. */
static char letter_form(struct slice letter)
{
	struct buffer folded = {0};
	text_fold(letter, &folded);
	char form = 0;
	if (folded.length > 0 && folded.bytes[0] >= ' ' && folded.bytes[0] < 0x7F)
		form = folded.bytes[0];
	buffer_release(&folded);
	return form;
}

static bool code_ends_line(uint32_t code)
{
	return (code >= '\t' && code <= '\r') || code == 0x85 || code == 0x2028 || code == 0x2029;
}

unsigned cluster_sign(struct slice cluster, char into[static SIGN_MOST])
{
	if (cluster.length == 0)
		return 0;
	uint32_t code;
	utf8_decode(cluster, 0, &code);
	if (!code_is_control(code) || code_ends_line(code) || code == 0 || code == 0xFEFF)
		return 0;
	return (unsigned)control_sign(code, into);
}

char cluster_ascii(struct slice cluster)
{
	if (cluster.length == 0)
		return ' ';
	uint32_t code;
	size_t length = utf8_decode(cluster, 0, &code);
	if (code >= ' ' && code < 0x7F)
		return (char)code;
	if (code_is_space(code) || code_ends_line(code))
		return ' ';
	char form = sign_form(code);
	if (form == 0)
		form = letter_form(slice_cut(cluster, 0, length));
	return form == 0 ? '?' : form;
}
