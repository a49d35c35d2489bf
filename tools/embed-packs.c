/* embed-packs OUT PACK.yaml...: writes the blob of packs that the library embeds; see
 * src/rules/embedded.h. Run by make; any error in a pack stops the build. */
#include <stdio.h>
#include <stdlib.h>

#include "rules/embedded.h"

/* This program stands before the blob it makes: it has none. */
const unsigned char packs_blob[16] __attribute__((aligned(16))) = {0};

static bool write_file(const char *path, struct slice bytes)
{
	FILE *file = fopen(path, "wb");
	if (!file)
		return false;
	bool good = fwrite(bytes.bytes, 1, bytes.length, file) == bytes.length;
	return fclose(file) == 0 && good;
}

int main(int count, char **arguments)
{
	struct diagnostics out = {0};
	struct buffer blob = {0}, messages = {0};
	struct pack **packs = memory_allocate((size_t)count * sizeof(struct pack *));
	size_t loaded = 0;
	for (int i = 2; i < count; i++) {
		struct pack *pack = pack_load(arguments[i], NULL, &out);
		if (pack)
			packs[loaded++] = pack;
	}
	diagnostics_tell(&out, NULL, &messages);
	if (messages.length > 0)
		fputs(messages.bytes, stderr);
	bool good = count > 2 && out.total == 0;
	if (good) {
		embedded_write(packs, loaded, &blob);
		good = write_file(arguments[1], buffer_slice(&blob));
	}
	for (size_t i = 0; i < loaded; i++)
		pack_free(packs[i]);
	free(packs);
	buffer_release(&blob);
	buffer_release(&messages);
	diagnostics_release(&out);
	return good ? 0 : 1;
}
