/* cli.h: the program as one call. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

/* Runs the program on its arguments; returns the exit status. */
int cli_run(int count, char **arguments);

#endif
