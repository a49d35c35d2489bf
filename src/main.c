/* byline: a terminal reader that shows, beside the article, who is in it and who said what. */
#include <locale.h>
#include <signal.h>

#include "cli/cli.h"

int main(int count, char **arguments)
{
	/* LC_CTYPE alone: numbers are read and written as in C. */
	setlocale(LC_CTYPE, "");
	/* A reader that went away is an error of write, told by status and not by death. */
	signal(SIGPIPE, SIG_IGN);
	return cli_run(count, arguments);
}
