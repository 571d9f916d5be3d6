/*
 * What all texts for people share: colours, and what may not reach a terminal. Names of files, names of
 * people and the words of a server come from outside, so a control character in them is shown as a question
 * mark.
 */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include "base/arena.h"
#include "base/str.h"

#include <dunlin/migrate.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum report_paint { REPORT_PLAIN, REPORT_STRONG, REPORT_FAINT, REPORT_GOOD, REPORT_CAUTION, REPORT_BAD };

/* Everything up to report_unpaint in that colour; both write nothing without `color` or for REPORT_PLAIN. */
void report_paint(struct str *out, bool color, enum report_paint paint);
void report_unpaint(struct str *out, bool color, enum report_paint paint);

/* Appends UTF-8 text without its control characters; NULL is "". */
void report_append(struct str *out, const char *text);

/* The same, each further line of the text indented by so many spaces. */
void report_append_lines(struct str *out, const char *text, unsigned indent);

/* Characters of UTF-8 text. */
size_t report_width(const char *text);

/* The text, if it has no more characters than that; otherwise what of it fits with "..." after it, or before.
 * In the arena where it is cut. */
const char *report_cut(struct arena *arena, const char *text, size_t width);
const char *report_cut_front(struct arena *arena, const char *text, size_t width);

/* "2 objects not compared: conversion app.c, ..."; nothing when there are none. `texts` is ended by NULL;
 * with `all`, each is named. */
void report_not_compared(struct str *out, const char *const *texts, bool all);

/* "12 ms", "12.3 s"; "" for a negative number. */
void report_duration(struct str *out, int64_t milliseconds);

/* "pending", "applied", "failed", "in doubt": the same words in both forms. */
const char *report_state_word(enum dun_migration_state state);

#endif
