/* card.h: what the parts of a card share while it is filled. */
#ifndef TUI_CARD_H
#define TUI_CARD_H

#include "tui/app.h"

struct carding {
	struct reader *reader;
	const struct reading *reading;
	struct sheet *sheet;
	int field;           /* column of fields */
	struct slice reason; /* what the last reason was called */
	style_id plain, muted, label;
};

/* Puts text on the line, or wrapped over further ones that begin where it does. */
void card_put(struct carding *at, struct slice text, style_id style);
void card_wrap(struct carding *at, struct slice text, style_id style);
/* Begins a field: its label, and the column of what follows. */
void card_label(struct carding *at, const char *label);

/* card_why.c: the rules that found an entity and a quote's speaker, and their reasons. */
void card_why_entity(struct carding *at, uint32_t entity);
void card_why_speaker(struct carding *at, uint32_t quote);

#endif
