/* A text as a JSON string, for documents that are written piece by piece. Those that are made whole are in
 * json.c. */
#ifndef REPORT_JSON_TEXT_H
#define REPORT_JSON_TEXT_H

#include "base/str.h"

#include <stddef.h>

/* With its quotes. What is not UTF-8 becomes U+FFFD; NULL becomes null. */
void json_append_text(struct str *out, const char *text, size_t length);

#endif
