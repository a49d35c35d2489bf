/* unit_keymap.c: what a file of keys may say is all that there are keys for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tui/keymap.h"
#include "tui/keymap_file.h"

static void every_pane_of_keys_is_a_field_of_files(void **state)
{
	(void)state;
	for (int pane = 0; pane < KEY_PANES; pane++) {
		const struct field *field = keymap_fields;
		while (field->key != NULL && strcmp(field->key, key_pane_name(pane)) != 0)
			field++;
		assert_non_null(field->key);
		assert_non_null(field->help);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_pane_of_keys_is_a_field_of_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
