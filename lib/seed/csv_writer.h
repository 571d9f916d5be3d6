/* Writes CSV as the reader of seeds reads it. Used by captures, and by whoever writes rows as files. */
#ifndef SEED_CSV_WRITER_H
#define SEED_CSV_WRITER_H

#include "base/str.h"
#include "engine/rows.h"
#include "seed/format.h"

#include <stdbool.h>
#include <stddef.h>

/* Appends a record with its line end. False: a value needs quotes, and the format has none. */
bool csv_append_record(struct str *to, const struct seed_format *format, size_t count,
                       const struct row_value *values);

#endif
