#include "document/decoder.h"

/* Bytes at the end that may be the beginning of a sequence. */
static size_t incomplete_tail(struct slice bytes)
{
	for (size_t back = 1; back <= 3 && back <= bytes.length; back++) {
		unsigned char byte = (unsigned char)bytes.bytes[bytes.length - back];
		if (byte < 0x80)
			return 0;
		if (byte >= 0xC0) {
			size_t need = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
			return need > back ? back : 0;
		}
	}
	return 0;
}

size_t decoder_read(struct decoder *decoder, struct slice bytes, struct buffer *into)
{
	struct buffer joined = {0};
	if (decoder->pending_length > 0) {
		buffer_append(&joined, (struct slice){decoder->pending, decoder->pending_length});
		buffer_append(&joined, bytes);
		bytes = buffer_slice(&joined);
	}
	size_t tail = incomplete_tail(bytes);
	struct slice complete = slice_cut(bytes, 0, bytes.length - tail);
	size_t replaced = utf8_repair(complete, into);
	if (tail > 0)
		memcpy(decoder->pending, bytes.bytes + complete.length, tail);
	decoder->pending_length = tail;
	buffer_release(&joined);
	return replaced;
}

size_t decoder_finish(struct decoder *decoder, struct buffer *into)
{
	struct slice rest = {decoder->pending, decoder->pending_length};
	decoder->pending_length = 0;
	return utf8_repair(rest, into);
}
