/* values.h: scalars of YAML as numbers, flags, choices, ranges and texts. */
#ifndef BYLINE_SCHEMA_VALUES_H
#define BYLINE_SCHEMA_VALUES_H

#include "byline/schema.h"

/* Each loads one value into `at` or reports why not. `field` gives name, bounds and choices. */
bool text_load(
	struct loading *loading, const struct node *value, const struct field *field, void *at);
bool texts_load(
	struct loading *loading, const struct node *value, const struct field *field, void *at);
bool integer_load(
	struct loading *loading, const struct node *value, const struct field *field, void *at);
bool number_load(
	struct loading *loading, const struct node *value, const struct field *field, void *at);
bool flag_load(
	struct loading *loading, const struct node *value, const struct field *field, void *at);
bool choice_load(
	struct loading *loading, const struct node *value, const struct field *field, void *at);
bool range_load(
	struct loading *loading, const struct node *value, const struct field *field, void *at);

#endif
