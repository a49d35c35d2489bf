/* byline: a terminal reader that shows, beside the article, who is in it and who said what. */
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <unistd.h>

#include "cli/cli.h"

/* A standard file that is closed would be the next that is opened, and what is printed would land
 * in it: something stands in its place that can be neither read nor written the way it is meant. */
static void hold_standard_files(void)
{
	static const int wrong_ways[] = {O_WRONLY, O_RDONLY, O_RDONLY};
	for (int file = 0; file < 3; file++) {
		if (fcntl(file, F_GETFD) < 0 && open("/dev/null", wrong_ways[file]) < 0)
			return;
	}
}

int main(int count, char **arguments)
{
	hold_standard_files();
	/* LC_CTYPE alone: numbers are read and written as in C. */
	setlocale(LC_CTYPE, "");
	/* A reader that went away is an error of write, told by status and not by death. */
	signal(SIGPIPE, SIG_IGN);
	return cli_run(count, arguments);
}
