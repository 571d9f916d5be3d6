/* A map from strings to pointers, in an arena. Neither keys nor values are copied; both must outlive the map.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct map;

struct map *map_new(struct arena *arena);
void *map_get(const struct map *map, const char *key); /* NULL: not there */

/* True when the key was new; otherwise nothing is changed. */
bool map_add(struct map *map, const char *key, void *value);
size_t map_count(const struct map *map);

#endif
