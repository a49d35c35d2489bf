/* joints.h: how a line goes on with the lines before it. */
#ifndef DOCUMENT_JOINTS_H
#define DOCUMENT_JOINTS_H

#include "document/passage.h"

enum joint_kind {
	JOINT_NONE,      /* it begins another block */
	JOINT_TIGHT,     /* the same paragraph: it was wrapped there */
	JOINT_LOOSE,     /* the same block, whose lines are rows if that goes on */
	JOINT_SPLIT,     /* it is one paragraph with the last line, which begins another block */
	JOINT_UNDERLINE, /* the passage is a heading, which this rule underlines */
	JOINT_FENCE      /* it ends code between fences */
};

enum joint_kind joint_of(
	const struct passage *passage, const struct line_facts *facts, const struct manner *manner);
/* Whatever the line will be that begins with this byte, it is another block. */
bool joint_is_impossible(
	const struct passage *passage, char first_byte, const struct manner *manner);

#endif
