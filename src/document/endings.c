#include "document/endings.h"

#include <string.h>
#include <strings.h>

static const char *const endings[] = {
	/* data and settings */
	".bib", ".cfg", ".cnf", ".conf", ".csv", ".desktop", ".dtd", ".env", ".geojson", ".gpx",
	".ini", ".json", ".json5", ".jsonc", ".jsonl", ".kml", ".ndjson", ".plist", ".po", ".pot",
	".properties", ".proto", ".reg", ".rng", ".rules", ".service", ".svg", ".tab", ".toml",
	".tsv", ".xml", ".xsd", ".xsl", ".xslt", ".yaml", ".yml",
	/* programs */
	".ada", ".adb", ".ads", ".asm", ".awk", ".bash", ".bat", ".c", ".cc", ".cjs", ".clj",
	".cljs", ".cmake", ".cmd", ".coffee", ".cpp", ".cs", ".css", ".cu", ".cxx", ".d", ".dart",
	".el", ".erl", ".ex", ".exs", ".f90", ".fish", ".fs", ".go", ".gradle", ".groovy", ".h",
	".hh", ".hpp", ".hs", ".hxx", ".inc", ".java", ".jl", ".js", ".jsx", ".kt", ".less",
	".lisp", ".lua", ".m4", ".mjs", ".mk", ".ml", ".mli", ".nim", ".nix", ".pas", ".php", ".pl",
	".pm", ".ps1", ".py", ".pyi", ".r", ".rb", ".rkt", ".rs", ".s", ".sass", ".scala", ".scm",
	".scss", ".sed", ".sh", ".sql", ".swift", ".tcl", ".tf", ".ts", ".tsx", ".v", ".vb", ".vhd",
	".vim", ".vue", ".y", ".zig", ".zsh",
	/* what differs between files */
	".diff", ".patch"};

static const char *const names[] = {"CMakeLists.txt", "Dockerfile", "GNUmakefile", "Makefile"};

bool path_has_rows(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcasecmp(name, names[i]) == 0)
			return true;
	for (size_t i = 0; dot && dot > name && i < sizeof endings / sizeof *endings; i++)
		if (strcasecmp(dot, endings[i]) == 0)
			return true;
	return false;
}
