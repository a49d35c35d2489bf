/* input.h: what a terminal sends, read as keys, pastes and answers. */
#ifndef BYLINE_TERMINAL_INPUT_H
#define BYLINE_TERMINAL_INPUT_H

#include "terminal/terminal.h"

/* A sequence that the terminal's entry names for a key. */
struct key_sequence {
	struct slice text;
	struct key key;
};

/* Answers to what a terminal is asked. */
enum answer {
	ANSWER_NONE,
	ANSWER_GROUND,       /* the colour behind the text; `ground` tells */
	ANSWER_HOLDS_FRAMES, /* it can hold a frame back until it is whole */
	ANSWER_LAST,         /* what every terminal answers: nothing asked before is to come */
};

/* Zero-initialised but for the first two; input_release frees it. Times are milliseconds of any
 * clock that does not go back. */
struct input {
	int escape_delay; /* how long an Esc waits for the rest of a sequence */
	bool utf8;        /* else bytes are characters of the locale */
	struct key_sequence *sequences;
	size_t sequence_count, sequence_capacity;
	struct buffer bytes; /* come and not yet read */
	size_t taken;        /* of them */
	long long came;      /* when the last of them did */
	long long pause;     /* between those and the ones before */
	size_t last_length;  /* how many came together */
	bool pasting;
	struct buffer pasted;      /* as it came, then as text; see terminal_pasted */
	enum theme_variant ground; /* the last answer */
};

/* A sequence of the terminal's entry; empty ones are not taken. */
void input_learn(struct input *input, struct slice sequence, struct key key);
void input_feed(struct input *input, struct slice bytes, long long now);

enum taken {
	TAKEN_NOTHING, /* nothing is there, or only the beginning of something */
	TAKEN_KEY,     /* *key: a key, or PRESS_PASTE */
	TAKEN_ANSWER,  /* *answer */
	TAKEN_OTHER,   /* what nobody waits for */
};
enum taken input_take(struct input *input, long long now, struct key *key, enum answer *answer);
/* How many milliseconds until what is there is no longer taken for a beginning; -1: nothing is. */
int input_wait(const struct input *input, long long now);
void input_release(struct input *input);

#endif
