#include "schema/kind.h"

#include <string.h>

#define WORD(constant, word) [constant] = (word),

static const char *const kinds[] = {SCHEMA_KINDS(WORD)};
static const char *const attributes[] = {SCHEMA_ATTRIBUTES(WORD)};

static bool find(const char *const *words, size_t count, const char *word, size_t *ret_index)
{
    for (size_t i = 0; i < count; ++i)
        if (strcmp(words[i], word) == 0) {
            *ret_index = i;
            return true;
        }
    return false;
}

const char *schema_kind_word(enum schema_kind kind)
{
    return kinds[kind];
}

const char *schema_attribute_word(enum schema_attribute attribute)
{
    return attributes[attribute];
}

bool schema_kind_from_word(const char *word, enum schema_kind *ret_kind)
{
    size_t index;
    if (!find(kinds, SCHEMA_KIND_COUNT, word, &index))
        return false;
    *ret_kind = (enum schema_kind)index;
    return true;
}

bool schema_attribute_from_word(const char *word, enum schema_attribute *ret_attribute)
{
    size_t index;
    if (!find(attributes, SCHEMA_ATTRIBUTE_COUNT, word, &index))
        return false;
    *ret_attribute = (enum schema_attribute)index;
    return true;
}

bool schema_kind_is_routine(enum schema_kind kind)
{
    return kind == SCHEMA_FUNCTION || kind == SCHEMA_PROCEDURE || kind == SCHEMA_AGGREGATE;
}

bool schema_kind_comes_along(enum schema_kind kind)
{
    switch (kind) {
    case SCHEMA_COLUMN:
    case SCHEMA_PRIMARY_KEY:
    case SCHEMA_UNIQUE:
    case SCHEMA_CHECK:
    case SCHEMA_EXCLUSION:
    case SCHEMA_INDEX:
        return true;
    default:
        return false;
    }
}

bool schema_attribute_is_sql(enum schema_attribute attribute)
{
    switch (attribute) {
    case ATTRIBUTE_DEFAULT:
    case ATTRIBUTE_ON_UPDATE_VALUE:
    case ATTRIBUTE_GENERATED:
    case ATTRIBUTE_CHECK:
    case ATTRIBUTE_COLUMNS: /* an index has expressions among them */
    case ATTRIBUTE_WHERE:
    case ATTRIBUTE_EXPRESSION:
    case ATTRIBUTE_WHEN:
    case ATTRIBUTE_PARTITION_BY:
    case ATTRIBUTE_PARTITION_BOUND:
    case ATTRIBUTE_PARTITIONS:
    case ATTRIBUTE_ARGUMENTS:
    case ATTRIBUTE_DEFINITION:
    case ATTRIBUTE_BODY:
    case ATTRIBUTE_SCHEDULE:
    case ATTRIBUTE_USING:
    case ATTRIBUTE_WITH_CHECK:
        return true;
    default:
        return false;
    }
}
