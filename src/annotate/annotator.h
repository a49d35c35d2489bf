/* annotator.h: what checks and explanations may see of the job. */
#ifndef ANNOTATE_ANNOTATOR_H
#define ANNOTATE_ANNOTATOR_H

#include "annotate/linking.h"

/* All packs work, whatever the language of the text: examples inside rules are short. */
void annotator_use_all(struct annotator *annotator);
/* What the windows found; complete once the job is done. */
const struct gathered *annotator_gathered(const struct annotator *annotator);
const struct document *annotator_document(const struct annotator *annotator);
const struct packs *annotator_packs(const struct annotator *annotator);

#endif
