/* fuzz_pack.c: any bytes as a pack: read, checked by its own tests, and put to work on a text.
 *
 * What stands behind a NUL is a list that the pack may name, fuzzed.txt; other lists lie in the
 * folder that the target runs in.
 */
#include <string.h>

#include "fuzz.h"

static const char text[] =
	"“We will not close,” said Ana Duarte, the harbour master of Vigo. “Not this year.”\n\n"
	"On 24 March 2026 the U.S. paid $3.5 million, she told the Meridian Press; a BBC report "
	"put it at 12 percent.\n\n- ''Never,'' he said.\n";

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
	(void)count;
	(void)arguments;
	return 0;
}

static void write_list(struct slice list)
{
	FILE *file = fopen("fuzzed.txt", "w");
	MUST(file != NULL);
	fwrite(list.bytes, 1, list.length, file);
	fclose(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice yaml = {(const char *)data, size};
	const char *nul = size > 0 ? memchr(data, 0, size) : NULL;
	if (nul != NULL) {
		yaml.length = (size_t)(nul - yaml.bytes);
		write_list(slice_cut((struct slice){nul, size - yaml.length}, 1, size));
	}
	struct diagnostics out = {0};
	struct packs packs = {0};
	struct buffer found = {0}, messages = {0};
	struct pack *pack = pack_read(yaml, "pack.yaml", &out);
	if (pack == NULL) {
		MUST(out.total > 0);
		diagnostics_release(&out);
		return 0;
	}
	pack_check(pack, &out);
	packs_add(&packs, pack);
	struct document *document = document_new("text", NULL);
	document_append(document, slice_of(text));
	document_finish(document);
	struct annotator *annotator = annotator_new(document, &packs);
	print_found(document, &packs, annotator, &found);
	annotator_why(annotator, strlen("“We will"), &found);
	diagnostics_tell(&out, "fuzz", &messages);
	annotator_free(annotator);
	document_free(document);
	packs_release(&packs);
	diagnostics_release(&out);
	buffer_release(&found);
	buffer_release(&messages);
	return 0;
}
