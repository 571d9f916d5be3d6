/* Which word somebody meant: for "unknown option X, did you mean Y" wherever names are read (URLs, configs,
 * commands). */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

/* The word of the NULL-terminated list that is fewest typing mistakes away; NULL: none is near enough to be
 * meant. */
const char *nearest_word(const char *word, const char *const *words);

#endif
