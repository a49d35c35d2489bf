/* embed NAME FILE...: writes to standard output an array `NAME` of struct embedded, in this order.
 * Runs when the program is built. */
#include <stdio.h>
#include <string.h>

/* The file's name without folder and ending. */
static void stem_print(const char *path)
{
	const char *name = strrchr(path, '/');
	name = name == NULL ? path : name + 1;
	printf("%.*s", (int)strcspn(name, "."), name);
}

/* Each byte as a character constant: no literal is too long for a compiler, and none is negative
 * where characters have no sign. */
static int bytes_print(FILE *file, int number)
{
	printf("static const char file%d[] = {", number);
	size_t count = 0;
	for (int byte; (byte = getc(file)) != EOF; count++)
		printf("%s'\\x%02x',", count % 16 == 0 ? "\n\t" : " ", (unsigned)byte);
	printf("%s};\n", count == 0 ? "0" : "\n");
	printf("#define SIZE%d %zu\n\n", number, count);
	return ferror(file);
}

static int file_print(const char *path, int number)
{
	FILE *file = fopen(path, "rb");
	int failed = file == NULL || bytes_print(file, number);
	if (failed)
		perror(path);
	if (file != NULL)
		fclose(file);
	return failed;
}

int main(int count, char **words)
{
	if (count < 3) {
		fputs("usage: embed NAME FILE...\n", stderr);
		return 2;
	}
	printf("/* Written by tools/embed.c. */\n#include \"base/embedded.h\"\n\n");
	for (int i = 2; i < count; i++)
		if (file_print(words[i], i))
			return 1;
	printf("extern const struct embedded %s[];\nconst struct embedded %s[] = {\n", words[1],
		words[1]);
	for (int i = 2; i < count; i++) {
		printf("\t{\"");
		stem_print(words[i]);
		printf("\", {file%d, SIZE%d}},\n", i, i);
	}
	printf("\t{NULL, {NULL, 0}},\n};\n");
	return fflush(stdout) != 0;
}
