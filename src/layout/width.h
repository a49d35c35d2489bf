/* width.h: what is known of a code point's width; shared by the files of this folder. */
#ifndef BYLINE_LAYOUT_WIDTH_H
#define BYLINE_LAYOUT_WIDTH_H

#include <stddef.h>
#include <stdint.h>

enum width_flag {
	WIDTH_WIDE = 1,       /* East Asian Wide or Fullwidth: two cells */
	WIDTH_AMBIGUOUS = 2,  /* one cell or two, as the policy says */
	WIDTH_EMOJI = 4,      /* two cells where U+FE0F follows */
	WIDTH_PICTOGRAPH = 8, /* U+200D joins it to another */
	WIDTH_MARK = 16,      /* drawn in the cell of what it follows */
	WIDTH_IGNORED = 32,   /* has no cell and no shape */
};
#define WIDTH_FLAG_BITS 6

unsigned width_flags(uint32_t code);

extern const uint32_t width_table[]; /* sorted; see width_table.c */
extern const size_t width_table_length;

#endif
