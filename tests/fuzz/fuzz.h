/* fuzz.h: what the fuzz targets share. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "byline/export.h"

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What does not hold ends the run: the input is kept. */
#define MUST(condition) \
	((condition) ? (void)0 \
		     : (fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition), \
			       abort()))

/* Takes a byte off the head of the data; 0 where there is none. */
static inline unsigned take_byte(struct slice *data)
{
	unsigned byte = data->length > 0 ? (unsigned char)data->bytes[0] : 0;
	*data = slice_cut(*data, 1, data->length);
	return byte;
}

/* What the rules find in a text, annotated to the end, as JSON. */
static inline void print_found(const struct document *document, const struct packs *packs,
	struct annotator *annotator, struct buffer *into)
{
	while (annotator_step(annotator, SIZE_MAX))
		continue;
	export_json(&(struct exported){.document = document,
			    .packs = packs,
			    .annotations = annotator_result(annotator),
			    .words = annotator_sentence_words(annotator)},
		into);
}

#endif
