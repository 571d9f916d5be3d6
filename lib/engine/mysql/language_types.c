/* What becomes of the values of a column whose type changes. */
#include "engine/mysql/language.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A type as the server writes it: "decimal(10,2) unsigned". */
struct type {
    char word[24];
    long first, second; /* in the parentheses; -1: not there */
    bool is_unsigned;
    const char *text;
};

static struct type type_of(const struct schema_object *column)
{
    const char *text = catalog_text(column, ATTRIBUTE_TYPE);
    struct type type = {.first = -1, .second = -1, .text = text ? text : ""};
    size_t length = strcspn(type.text, "( ");
    if (length >= sizeof type.word)
        length = sizeof type.word - 1;
    memcpy(type.word, type.text, length);
    const char *opening = strchr(type.text, '(');
    if (opening) {
        char *end;
        type.first = strtol(opening + 1, &end, 10);
        if (*end == ',')
            type.second = strtol(end + 1, NULL, 10);
    }
    type.is_unsigned = strstr(type.text, " unsigned") != NULL;
    return type;
}

/* A family of types each of which holds what those before it hold. */
struct member {
    const char *word;
    long size;
};

static const struct member integers[] = {{"tinyint", 1}, {"smallint", 2}, {"mediumint", 3},
                                         {"int", 4},     {"bigint", 8},   {NULL, 0}};
static const struct member floats[] = {{"float", 4}, {"double", 8}, {NULL, 0}};
/* In characters for char and varchar, of which a text has as many as bytes at most. */
static const struct member texts[] = {{"char", 0},     {"varchar", 0},           {"tinytext", 255},
                                      {"text", 65535}, {"mediumtext", 16777215}, {"longtext", 4294967295},
                                      {NULL, 0}};
static const struct member bytes[] = {{"binary", 0},   {"varbinary", 0},         {"tinyblob", 255},
                                      {"blob", 65535}, {"mediumblob", 16777215}, {"longblob", 4294967295},
                                      {NULL, 0}};

static const struct member *member_of(const struct member *family, const char *word)
{
    while (family->word && strcmp(family->word, word) != 0)
        ++family;
    return family->word ? family : NULL;
}

static bool are_of(const struct member *family, const struct type *from, const struct type *to)
{
    return member_of(family, from->word) && member_of(family, to->word);
}

static enum language_conversion widening(bool holds_all)
{
    return holds_all ? CONVERSION_WIDENS : CONVERSION_NARROWS;
}

static enum language_conversion convert_integer(const struct type *from, const struct type *to)
{
    long before = member_of(integers, from->word)->size, after = member_of(integers, to->word)->size;
    if (before == after && from->is_unsigned == to->is_unsigned)
        return CONVERSION_INSTANT; /* another display width */
    if (from->is_unsigned == to->is_unsigned)
        return widening(after >= before);
    return widening(from->is_unsigned && after > before);
}

/* The longest value, in bytes of four a character where characters are counted. */
static long longest(const struct member *family, const struct type *type, bool characters)
{
    const struct member *member = member_of(family, type->word);
    if (member->size)
        return member->size;
    return characters ? type->first * 4 : type->first;
}

/* Lengths are stored in one byte or two; up to 255 bytes in one. */
static bool keeps_length_bytes(const struct type *from, const struct type *to)
{
    enum { BYTES_A_CHARACTER = 4, ONE_BYTE = 255 };
    return (from->first * BYTES_A_CHARACTER > ONE_BYTE) == (to->first * BYTES_A_CHARACTER > ONE_BYTE);
}

static enum language_conversion convert_characters(const struct member *family, const struct type *from,
                                                   const struct type *to)
{
    bool variable = strncmp(from->word, "var", 3) == 0 && strcmp(from->word, to->word) == 0;
    if (variable && to->first >= from->first)
        return keeps_length_bytes(from, to) ? CONVERSION_LONGER : CONVERSION_TWO_BYTES;
    bool both_counted = from->first >= 0 && to->first >= 0;
    if (both_counted)
        return widening(to->first >= from->first);
    return widening(longest(family, to, false) >= longest(family, from, family == texts));
}

static enum language_conversion convert_decimal(const struct type *from, const struct type *to)
{
    if (from->is_unsigned != to->is_unsigned && to->is_unsigned)
        return CONVERSION_NARROWS;
    return widening(to->second >= from->second && to->first - to->second >= from->first - from->second);
}

/* "enum('a','b')": the text of the values, and how long it is. */
static const char *values_of(const struct type *type, size_t *ret_length)
{
    const char *opening = strchr(type->text, '('), *closing = strrchr(type->text, ')');
    *ret_length = opening && closing > opening ? (size_t)(closing - opening) - 1 : 0;
    return *ret_length ? opening + 1 : "";
}

/* Behind the string literal that begins here, in which quotes are doubled. */
static const char *behind_value(const char *value, const char *end)
{
    const char *c = value + 1;
    while (c < end && (*c != '\'' || (c + 1 < end && c[1] == '\'')))
        c += *c == '\'' ? 2 : 1;
    return c < end ? c + 1 : end;
}

static bool has_value(const char *values, size_t length, const char *value, size_t value_length)
{
    for (const char *c = values, *end = values + length; c < end;) {
        const char *behind = behind_value(c, end);
        if ((size_t)(behind - c) == value_length && memcmp(c, value, value_length) == 0)
            return true;
        c = behind < end ? behind + 1 : end;
    }
    return false;
}

static enum language_conversion convert_values(const struct type *from, const struct type *to)
{
    size_t before_length, after_length;
    const char *before = values_of(from, &before_length), *after = values_of(to, &after_length);
    if (after_length > before_length && after[before_length] == ',' &&
        memcmp(before, after, before_length) == 0)
        return CONVERSION_INSTANT; /* appended */
    for (const char *c = before, *end = before + before_length; c < end;) {
        const char *behind = behind_value(c, end);
        if (!has_value(after, after_length, c, (size_t)(behind - c)))
            return CONVERSION_DROPS;
        c = behind < end ? behind + 1 : end;
    }
    return CONVERSION_WIDENS;
}

/* How many digits an integer has at most. */
static long digits_of(const struct type *integer)
{
    static const long digits[] = {0, 4, 6, 8, 11, 0, 0, 0, 20}; /* by bytes, with a sign */
    return digits[member_of(integers, integer->word)->size];
}

static enum language_conversion convert_to_other(const struct type *from, const struct type *to)
{
    bool is_integer = member_of(integers, from->word) != NULL;
    if (is_integer && member_of(texts, to->word))
        return widening(longest(texts, to, false) >= digits_of(from));
    if (is_integer && strcmp(to->word, "decimal") == 0)
        return widening(to->first - to->second >= digits_of(from) && !to->is_unsigned);
    if (is_integer && strcmp(to->word, "double") == 0)
        return widening(member_of(integers, from->word)->size <= 4);
    if (strcmp(from->word, "date") == 0 && strcmp(to->word, "datetime") == 0)
        return CONVERSION_WIDENS;
    if ((strcmp(from->word, "enum") == 0 || strcmp(from->word, "uuid") == 0) && strcmp(to->word, "text") == 0)
        return CONVERSION_WIDENS;
    return CONVERSION_NARROWS;
}

static bool is_precise_time(const char *word)
{
    return strcmp(word, "datetime") == 0 || strcmp(word, "timestamp") == 0 || strcmp(word, "time") == 0;
}

enum language_conversion mysql_engine_conversion(const struct schema_object *old,
                                                 const struct schema_object *new)
{
    struct type from = type_of(old), to = type_of(new);
    bool same_word = strcmp(from.word, to.word) == 0;
    if (strcmp(from.text, to.text) == 0)
        return CONVERSION_NONE;
    if (are_of(integers, &from, &to))
        return convert_integer(&from, &to);
    if (are_of(floats, &from, &to))
        return widening(strcmp(to.word, "double") == 0 && to.first < 0 && from.is_unsigned == to.is_unsigned);
    if (are_of(texts, &from, &to))
        return convert_characters(texts, &from, &to);
    if (are_of(bytes, &from, &to))
        return convert_characters(bytes, &from, &to);
    if (same_word && strcmp(from.word, "decimal") == 0)
        return convert_decimal(&from, &to);
    if (same_word && (strcmp(from.word, "enum") == 0 || strcmp(from.word, "set") == 0))
        return convert_values(&from, &to);
    if (same_word && (is_precise_time(from.word) || strcmp(from.word, "bit") == 0))
        return widening(to.first >= from.first);
    return convert_to_other(&from, &to);
}

bool mysql_engine_is_geometry(const char *type)
{
    static const char *const shapes[] = {"point",        "linestring",        "polygon",
                                         "geometry",     "multipoint",        "multilinestring",
                                         "multipolygon", "geometrycollection"};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; ++i)
        if (strcasecmp(type, shapes[i]) == 0)
            return true;
    return false;
}
