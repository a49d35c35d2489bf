/* The table of starts; see starts.h.
 *
 * A row goes into a bucket that holds it already; else into that of its pattern's own which grows
 * least by it, measured by how often its bytes may stand somewhere, or into a new one. Two rows
 * that differ in a single place are one for nothing.
 */
#include "rules/starts.h"

#include <stdlib.h>

#include "rules/start_rows.h"

#define BUCKETS 64
#define PATTERN_BUCKETS 12 /* of its own, so that some are left for others */

struct starts_builder {
	struct starts table;
	struct start_row rows[BUCKETS];
	size_t count; /* of buckets in use */
	size_t first; /* the first that is the pattern's own */
};

struct starts_builder *starts_builder_new(struct arena *arena)
{
	return arena_allocate(arena, sizeof(struct starts_builder));
}

const struct starts *starts_builder_table(const struct starts_builder *builder)
{
	return &builder->table;
}

/* ---- Rows ------------------------------------------------------------------------------- */

static bool holds_set(const struct byte_set *set, const struct byte_set *other)
{
	for (size_t i = 0; i < 4; i++)
		if (other->bits[i] & ~set->bits[i])
			return false;
	return true;
}

static bool holds_row(const struct start_row *row, const struct start_row *other)
{
	if (other->length < row->length || !holds_set(&row->before, &other->before))
		return false;
	for (size_t i = 0; i < row->length; i++)
		if (!holds_set(&row->bytes[i], &other->bytes[i]))
			return false;
	return true;
}

/* How often one of the bytes stands somewhere, roughly: small letters and blanks are common. */
static double ways(const struct byte_set *set)
{
	static const uint64_t common[4] = {UINT64_C(1) << ' ', UINT64_C(0x07FFFFFE) << 32};
	double count = 0;
	for (size_t i = 0; i < 4; i++)
		count += __builtin_popcountll(set->bits[i]) +
			 9 * __builtin_popcountll(set->bits[i] & common[i]);
	return count;
}

static double row_ways(const struct start_row *row)
{
	double all = ways(&row->before);
	for (size_t i = 0; i < START_BYTES; i++)
		all *= ways(&row->bytes[i]);
	return all;
}

static void unite_sets(struct byte_set *into, const struct byte_set *other)
{
	for (size_t i = 0; i < 4; i++)
		into->bits[i] |= other->bits[i];
}

static void unite_rows(struct start_row *into, const struct start_row *other)
{
	unite_sets(&into->before, &other->before);
	for (size_t i = 0; i < START_BYTES; i++)
		unite_sets(&into->bytes[i], &other->bytes[i]);
	if (other->length < into->length)
		into->length = other->length;
}

/* ---- Buckets ---------------------------------------------------------------------------- */

/* The pattern's bucket that grows least by a row; of all, where it can have none of its own. */
static size_t choose(const struct starts_builder *builder, const struct start_row *row)
{
	size_t own = builder->count - builder->first, best = builder->count;
	bool more_room = builder->count < BUCKETS && own < PATTERN_BUCKETS;
	double least = more_room ? row_ways(row) : -1;
	for (size_t i = own ? builder->first : 0; i < builder->count; i++) {
		struct start_row united = builder->rows[i];
		unite_rows(&united, row);
		double more = row_ways(&united) - row_ways(&builder->rows[i]);
		if (least < 0 || more <= least) {
			least = more;
			best = i;
		}
	}
	return best;
}

/* Writes a bucket's row into the table. */
static void enter(struct starts_builder *builder, size_t bucket)
{
	const struct start_row *row = &builder->rows[bucket];
	struct starts *table = &builder->table;
	uint64_t bit = UINT64_C(1) << bucket;
	for (size_t byte = 0; byte < NO_BYTE; byte++) {
		if (bytes_has(&row->before, (unsigned char)byte))
			table->before[byte] |= bit;
		for (size_t i = 0; i < START_BYTES; i++)
			if (bytes_has(&row->bytes[i], (unsigned char)byte))
				table->bytes[i][byte] |= bit;
	}
	table->before[NO_BYTE] |= bit;
	for (size_t i = row->length; i < START_BYTES; i++)
		table->bytes[i][NO_BYTE] |= bit;
}

static size_t add_row(struct starts_builder *builder, struct start_row row)
{
	for (size_t i = 0; i < builder->count; i++)
		if (holds_row(&builder->rows[i], &row))
			return i;
	for (size_t i = row.length; i < START_BYTES; i++)
		bytes_add_range(&row.bytes[i], 0, 0xFF);
	size_t bucket = choose(builder, &row);
	if (bucket == builder->count)
		builder->rows[builder->count++] = row;
	else
		unite_rows(&builder->rows[bucket], &row);
	enter(builder, bucket);
	return bucket;
}

uint64_t starts_builder_add(struct starts_builder *builder, struct slice pattern)
{
	uint64_t buckets = 0;
	struct start_rows *rows = memory_allocate(sizeof *rows);
	bool known = start_rows_infer(pattern, rows);
	builder->first = builder->count;
	for (size_t i = 0; known && i < rows->count; i++)
		buckets |= UINT64_C(1) << add_row(builder, rows->items[i]);
	free(rows);
	return buckets;
}

/* ---- Looking ---------------------------------------------------------------------------- */

static size_t byte_at(struct slice text, size_t at)
{
	return at < text.length ? (unsigned char)text.bytes[at] : NO_BYTE;
}

size_t starts_find(
	const struct starts *starts, struct slice text, size_t from, size_t to, struct start *into)
{
	size_t count = 0;
	size_t before = from > 0 ? byte_at(text, from - 1) : NO_BYTE;
	for (size_t at = from; at < to; at++) {
		size_t byte = (unsigned char)text.bytes[at];
		uint64_t buckets = starts->bytes[0][byte] & starts->before[before];
		before = byte;
		for (size_t i = 1; buckets && i < START_BYTES; i++)
			buckets &= starts->bytes[i][byte_at(text, at + i)];
		if (buckets)
			into[count++] = (struct start){at, buckets};
	}
	return count;
}
