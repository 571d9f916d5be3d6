/* Durations as people write them: what dun_duration_parse and the config's lock_timeout have in common. */
#ifndef PROJECT_DURATION_H
#define PROJECT_DURATION_H

#include <stdbool.h>
#include <stdint.h>

/* False when the text is no duration or longer than 2^31 - 1 milliseconds. */
bool duration_read(const char *text, int64_t *ret_ms);

/* How a duration is written, for hints. */
extern const char duration_forms[];

#endif
