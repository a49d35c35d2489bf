/* commands.h: the functions of the command table, by the file that has them. */
#ifndef TUI_COMMANDS_H
#define TUI_COMMANDS_H

#include "tui/reader.h"

const struct command *command_named(struct slice name); /* NULL: there is none */
/* Command text is a name and, behind a blank, its argument. */
struct slice command_name(struct slice text);
/* It runs a command that wants a letter, and was bound without one. */
bool bound_asks(const struct bound *bound);
/* False, and `why` gets the reason: it is no command text, or its argument is none. */
bool command_check(struct slice text, struct buffer *why);

#define COMMAND(name) void name(struct reader *reader, const struct call *call)

/* moves.c */
COMMAND(go_down);
COMMAND(go_up);
COMMAND(go_page_down);
COMMAND(go_page_up);
COMMAND(go_half_down);
COMMAND(go_half_up);
COMMAND(go_left);
COMMAND(go_right);
COMMAND(go_first);
COMMAND(go_last);
COMMAND(go_percent);

/* parts.c */
COMMAND(next_paragraph);
COMMAND(previous_paragraph);
COMMAND(next_heading);
COMMAND(previous_heading);
COMMAND(next_sentence);
COMMAND(previous_sentence);

/* bookmarks.c */
COMMAND(set_bookmark);
COMMAND(go_to_bookmark);
COMMAND(list_bookmarks);

/* jumps.c */
COMMAND(jump_back);
COMMAND(jump_forward);

/* walks.c */
COMMAND(next_quote);
COMMAND(previous_quote);
COMMAND(next_said);
COMMAND(previous_said);
COMMAND(next_mention);
COMMAND(previous_mention);
COMMAND(next_same);
COMMAND(previous_same);
COMMAND(next_entity);
COMMAND(previous_entity);
COMMAND(next_kind);
COMMAND(previous_kind);
COMMAND(repeat_on);
COMMAND(repeat_back);

/* following.c */
COMMAND(follow);
COMMAND(reload);
COMMAND(stop_running);

/* focus.c */
COMMAND(next_pane);
COMMAND(previous_pane);
COMMAND(go_to_pane);
COMMAND(toggle_pane);
COMMAND(go_there);
COMMAND(go_back);
COMMAND(close_top);

/* entities.c */
COMMAND(fold_group);
COMMAND(unfold_group);

/* page.c */
COMMAND(narrow_measure);
COMMAND(widen_measure);
COMMAND(reset_measure);
COMMAND(widen_lists);
COMMAND(narrow_lists);
COMMAND(toggle_zen);

/* positions.c */
COMMAND(go_to_position);

/* command_line.c */
COMMAND(open_command_line);

/* prompt.c */
COMMAND(line_left);
COMMAND(line_right);
COMMAND(line_word_left);
COMMAND(line_word_right);
COMMAND(line_start);
COMMAND(line_end);
COMMAND(line_delete_before);
COMMAND(line_delete);
COMMAND(line_delete_word);
COMMAND(line_delete_word_after);
COMMAND(line_delete_stretch);
COMMAND(line_delete_to_start);
COMMAND(line_delete_to_end);
COMMAND(line_put);
COMMAND(line_older);
COMMAND(line_newer);
COMMAND(line_complete);
COMMAND(line_complete_back);
COMMAND(line_literal);
COMMAND(line_enter);
COMMAND(line_leave);

/* finding.c */
COMMAND(search_on);
COMMAND(search_back);
COMMAND(next_hit);
COMMAND(previous_hit);

/* commands.c */
COMMAND(open_card);
COMMAND(open_help);
COMMAND(next_theme);
COMMAND(use_theme);
COMMAND(open_file);
COMMAND(next_file);
COMMAND(previous_file);
COMMAND(tell_about);
COMMAND(redraw_screen);
COMMAND(suspend_program);
COMMAND(quit_reading);

#endif
