/*
 * Why a statement is dangerous. Closed lists, used by the engines' languages, by plans and by what reports
 * them; the words are those that `--allow` takes.
 */
#ifndef PLAN_HAZARD_H
#define PLAN_HAZARD_H

#include <stdbool.h>

enum plan_hazard_class {
    PLAN_LOSES_DATA, /* refused unless --allow names it */
    PLAN_LOCKS_LONG, /* readers or writers of the table wait while it runs */
    PLAN_MAY_FAIL,   /* on rows that are there */
    PLAN_APART,      /* not transactional: what was done before it stays when it fails */
};

/* X(constant, word, class, sentence) */
#define PLAN_HAZARDS(X)                                                                                  \
    X(PLAN_DROP_TABLE, "drop-table", PLAN_LOSES_DATA, "the table and its rows are gone")                 \
    X(PLAN_DROP_COLUMN, "drop-column", PLAN_LOSES_DATA, "the column and its values are gone")            \
    X(PLAN_NARROW_TYPE, "narrow-type", PLAN_LOSES_DATA, "values may be cut or rounded")                  \
    X(PLAN_DROP_VALUE, "drop-value", PLAN_LOSES_DATA, "a value of an enum that rows may have is gone")   \
    X(PLAN_DROP_SEQUENCE, "drop-sequence", PLAN_LOSES_DATA, "the sequence and where it stands are gone") \
    X(PLAN_DROP_PARTITION, "drop-partition", PLAN_LOSES_DATA, "the partition and its rows are gone")     \
    X(PLAN_DROP_SCHEMA, "drop-schema", PLAN_LOSES_DATA, "the schema is gone, with all that is in it")    \
    X(PLAN_DROP_EXTENSION, "drop-extension", PLAN_LOSES_DATA, "the extension's objects are gone")        \
    X(PLAN_DROP_VERSIONING, "drop-versioning", PLAN_LOSES_DATA, "the history of the rows is gone")       \
    X(PLAN_REWRITE, "rewrite", PLAN_LOCKS_LONG, "the table is rewritten")                                \
    X(PLAN_SCAN, "scan", PLAN_LOCKS_LONG, "all rows are read")                                           \
    X(PLAN_INDEX_BUILD, "index-build", PLAN_LOCKS_LONG, "an index is built")                             \
    X(PLAN_NOT_NULL, "not-null", PLAN_MAY_FAIL, "fails on rows without a value")                         \
    X(PLAN_UNIQUE, "unique", PLAN_MAY_FAIL, "fails on rows that are not unique")                         \
    X(PLAN_CHECK, "check", PLAN_MAY_FAIL, "fails on rows that violate the check")                        \
    X(PLAN_FOREIGN_KEY, "foreign-key", PLAN_MAY_FAIL, "fails on rows that refer to nothing")             \
    X(PLAN_CAST, "cast", PLAN_MAY_FAIL, "fails on values that the new type does not have")               \
    X(PLAN_SEQUENCE_LIMIT, "sequence-limit", PLAN_MAY_FAIL,                                              \
      "fails where the sequence stands beyond its new limit")                                            \
    X(PLAN_NOT_TRANSACTIONAL, "not-transactional", PLAN_APART, "stays done when a later statement fails")

#define PLAN_INDEX(constant, word, class, sentence) constant##_INDEX,
enum plan_hazard_index { PLAN_HAZARDS(PLAN_INDEX) PLAN_HAZARD_COUNT };
#undef PLAN_INDEX

/* Sets of hazards are masks of these. */
#define PLAN_BIT(constant, word, class, sentence) constant = 1 << constant##_INDEX,
enum plan_hazard { PLAN_HAZARDS(PLAN_BIT) };
#undef PLAN_BIT

const char *plan_hazard_word(enum plan_hazard hazard);
const char *plan_hazard_sentence(enum plan_hazard hazard);
enum plan_hazard_class plan_hazard_class(enum plan_hazard hazard);

/* "all" gives every hazard that loses data. False: no hazard is called that. */
bool plan_hazard_from_word(const char *word, unsigned *ret_hazards);

/* Those of the set that lose data. */
unsigned plan_hazards_losing_data(unsigned hazards);

#endif
