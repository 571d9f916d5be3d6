/* A text as a JSON string, for documents that are written piece by piece. Those that are made whole are in
 * json.c. */
#ifndef REPORT_JSON_TEXT_H
#define REPORT_JSON_TEXT_H

#include "base/str.h"

#include <stddef.h>

/* With its quotes. What is not UTF-8 becomes U+FFFD; NULL becomes null. */
void json_append_text(struct str *out, const char *text, size_t length);

/* `before`, the name as it is, a colon, and the value. */
void json_append_member(struct str *out, const char *before, const char *name, const char *value);

#endif
