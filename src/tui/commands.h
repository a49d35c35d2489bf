/* commands.h: the functions of the command table, by the file that has them. */
#ifndef TUI_COMMANDS_H
#define TUI_COMMANDS_H

#include "tui/reader.h"

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
