/*
 * How people write where a schema comes from: `schema`, `git:HEAD~1:schema`, `migrations@2024`, a URL. Told
 * from the text alone; nothing is opened. Used by every command that takes a SOURCE.
 *
 * The first rule that fits wins:
 *  1. `empty` and `migrations`, exactly, are these words.
 *  2. `env:`, `git:`, `migrations:` and `migrations@` begin what they say.
 *  3. The scheme of a URL that dunlin knows (`sqlite:`, `postgresql+asyncpg:`), or any text with `://` in it,
 * is a URL.
 *  4. A word followed by a colon, with no slash before that, is an error: a misspelt beginning of one of the
 * above.
 *  5. What ends in `.json` is a snapshot, in `.sql` a file of definitions, and the rest is a folder; a slash
 * at the end always makes it a folder. So a folder or a file whose name looks like something else is written
 * with `./` before it: `./empty`, `./env:dev`.
 *
 * In `git:REV:PATH`, REV ends at its first colon that is not in braces, so `git:HEAD^{/fix: a}:schema` works.
 * In `migrations:DIR@VERSION`, VERSION begins behind the last @, unless a slash follows that:
 * `migrations:a@b/` is a folder.
 */
#ifndef SOURCE_SPELLING_H
#define SOURCE_SPELLING_H

#include "base/arena.h"
#include "db/url.h"

#include <dunlin/error.h>

#include <stdbool.h>

enum source_kind {
    SOURCE_URL,         /* a live database */
    SOURCE_ENVIRONMENT, /* the live database of an environment of the project */
    SOURCE_FOLDER,      /* definitions */
    SOURCE_FILE,        /* definitions */
    SOURCE_MIGRATIONS,  /* what they produce */
    SOURCE_GIT,         /* definitions at a revision */
    SOURCE_SNAPSHOT,    /* what `inspect --format json` wrote */
    SOURCE_EMPTY,       /* nothing */
};

/* The parts that a kind does not have, and those that were left out, are NULL. */
struct source_spelling {
    enum source_kind kind;
    const struct db_url *url;
    const char *environment;
    const char *path;    /* of a folder, file or snapshot; of migrations their folder; of git in the revision,
                            where "" is    the root of the repository */
    const char *version; /* of migrations: the last one that is applied */
    const char *revision; /* of git */
};

/* Fails with DUN_BAD_INPUT. A message quotes nothing that may be a password. */
bool source_parse(struct arena *arena, const char *text, struct source_spelling *ret_spelling,
                  dun_error *error);

/* The spellings, one a line, for hints. */
extern const char source_spellings[];

#endif
