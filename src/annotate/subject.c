/* What patterns see; see subject.h. */
#include "annotate/subject.h"

#include <stdlib.h>

static void cut(struct subject *subject, size_t missing)
{
	if (subject->cut_count > 0)
		missing += subject->cuts[subject->cut_count - 1].missing;
	subject->cuts = grow(subject->cuts, &subject->cut_capacity, subject->cut_count + 1,
		sizeof *subject->cuts);
	subject->cuts[subject->cut_count++] = (struct subject_cut){subject->copy.length, missing};
}

static void join(struct subject *subject, struct slice piece)
{
	for (size_t at = 0, end; at < piece.length; at = end) {
		bool joint;
		size_t blanks = blanks_length(piece, at, &joint);
		end = at + blanks;
		if (joint) {
			bool close = joint_is_hyphened(piece, at);
			if (!close)
				buffer_byte(&subject->copy, ' ');
			cut(subject, blanks - !close);
			continue;
		}
		do
			end++;
		while (end < piece.length && (unsigned char)piece.bytes[end] > ' ');
		buffer_append(&subject->copy,
			slice_cut(piece, at, end < piece.length ? end : piece.length));
	}
}

void subject_set(struct subject *subject, struct slice piece, size_t base, bool joined)
{
	subject->text = piece;
	subject->base = base;
	subject->copy.length = subject->cut_count = 0;
	if (!joined || (!memchr(piece.bytes, '\n', piece.length) &&
			       !memchr(piece.bytes, '\r', piece.length)))
		return;
	join(subject, piece);
	subject->text = buffer_slice(&subject->copy);
}

void subject_release(struct subject *subject)
{
	buffer_release(&subject->copy);
	free(subject->cuts);
	*subject = (struct subject){0};
}

static size_t place(const struct subject *subject, size_t at)
{
	size_t low = 0, high = subject->cut_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (subject->cuts[middle].at <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return subject->base + at + (low > 0 ? subject->cuts[low - 1].missing : 0);
}

struct span subject_place(const struct subject *subject, struct span span)
{
	size_t start = place(subject, span.start);
	return (struct span){
		start, span.end > span.start ? place(subject, span.end - 1) + 1 : start};
}
