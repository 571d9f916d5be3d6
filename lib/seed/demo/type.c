#include "seed/demo/type.h"

#include "sql/name.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct known_type {
    const char *name;
    enum demo_class class;
    int64_t low, high; /* of whole numbers */
    unsigned length;   /* when none is given */
};

/* The first that the type begins with counts. */
static const struct known_type known_types[] = {
    {"smallint", DEMO_INTEGER, INT16_MIN, INT16_MAX, 0},
    {"int2", DEMO_INTEGER, INT16_MIN, INT16_MAX, 0},
    {"tinyint", DEMO_INTEGER, INT8_MIN, INT8_MAX, 0},
    {"mediumint", DEMO_INTEGER, -8388608, 8388607, 0},
    {"bigint", DEMO_INTEGER, INT64_MIN, INT64_MAX, 0},
    {"int8", DEMO_INTEGER, INT64_MIN, INT64_MAX, 0},
    {"int4range", DEMO_RANGE, 0, 0, 0},
    {"int8range", DEMO_RANGE, 0, 0, 0},
    {"numrange", DEMO_RANGE, 0, 0, 0},
    {"interval", DEMO_INTERVAL, 0, 0, 0},
    {"int", DEMO_INTEGER, INT32_MIN, INT32_MAX, 0},
    {"numeric", DEMO_DECIMAL, 0, 0, 0},
    {"decimal", DEMO_DECIMAL, 0, 0, 0},
    {"dec", DEMO_DECIMAL, 0, 0, 0},
    {"money", DEMO_DECIMAL, 0, 0, 0},
    {"real", DEMO_FLOAT, 0, 0, 0},
    {"double", DEMO_FLOAT, 0, 0, 0},
    {"float", DEMO_FLOAT, 0, 0, 0},
    {"bool", DEMO_BOOLEAN, 0, 0, 0},
    {"character varying", DEMO_TEXT, 0, 0, 0},
    {"character", DEMO_TEXT, 0, 0, 1},
    {"char", DEMO_TEXT, 0, 0, 1},
    {"varchar", DEMO_TEXT, 0, 0, 0},
    {"nvarchar", DEMO_TEXT, 0, 0, 0},
    {"nchar", DEMO_TEXT, 0, 0, 1},
    {"bpchar", DEMO_TEXT, 0, 0, 0},
    {"tinytext", DEMO_TEXT, 0, 0, 60},
    {"mediumtext", DEMO_TEXT, 0, 0, 0},
    {"longtext", DEMO_TEXT, 0, 0, 0},
    {"text", DEMO_TEXT, 0, 0, 0},
    {"clob", DEMO_TEXT, 0, 0, 0},
    {"citext", DEMO_TEXT, 0, 0, 0},
    {"name", DEMO_TEXT, 0, 0, 63},
    {"string", DEMO_TEXT, 0, 0, 0},
    {"daterange", DEMO_RANGE, 0, 0, 0},
    {"datetime", DEMO_MOMENT, 0, 0, 0},
    {"date", DEMO_DATE, 0, 0, 0},
    {"timestamp", DEMO_MOMENT, 0, 0, 0},
    {"time", DEMO_TIME, 0, 0, 0},
    {"year", DEMO_YEAR, 0, 0, 0},
    {"uuid", DEMO_UUID, 0, 0, 0},
    {"json", DEMO_JSON, 0, 0, 0},
    {"inet", DEMO_ADDRESS, 0, 0, 0},
    {"cidr", DEMO_NETWORK, 0, 0, 0},
    {"macaddr", DEMO_CARD, 0, 0, 0},
    {"bytea", DEMO_BYTES, 0, 0, 0},
    {"varbinary", DEMO_BYTES, 0, 0, 1},
    {"binary", DEMO_BYTES, 0, 0, 1},
    {"tinyblob", DEMO_BYTES, 0, 0, 200},
    {"mediumblob", DEMO_BYTES, 0, 0, 0},
    {"longblob", DEMO_BYTES, 0, 0, 0},
    {"blob", DEMO_BYTES, 0, 0, 0},
    {"bit varying", DEMO_BITS, 0, 0, 8},
    {"varbit", DEMO_BITS, 0, 0, 8},
    {"bit", DEMO_BITS, 0, 0, 1},
    {"enum", DEMO_CHOICE, 0, 0, 0},
    {"set", DEMO_CHOICES, 0, 0, 0},
    {"point", DEMO_POINT, 0, 0, 0},
    {"xml", DEMO_XML, 0, 0, 0},
};

/* As MySQL escapes what it prints: a character for itself, but for these. */
static char escaped(char c)
{
    static const char letters[] = "nrtbZ", characters[] = "\n\r\t\b\032";
    const char *at = strchr(letters, c);
    return at && c ? characters[at - letters] : c;
}

/* 'a','b''c','d\\e' between parentheses. */
static void read_labels(struct arena *arena, const char *text, struct demo_type *type)
{
    VECTOR(const char *) labels = {0};
    for (const char *cursor = strchr(text, '\''); cursor; cursor = strchr(cursor, '\'')) {
        char *label = arena_strdup(arena, cursor + 1);
        size_t length = 0;
        for (++cursor; *cursor && (*cursor != '\'' || cursor[1] == '\''); ++cursor) {
            bool escapes = *cursor == '\\' && cursor[1];
            cursor += *cursor == '\'' || escapes;
            label[length++] = escapes ? escaped(*cursor) : *cursor;
        }
        label[length] = '\0';
        *vector_add(arena, &labels) = label;
        if (*cursor)
            ++cursor;
    }
    type->labels = labels.items;
    type->label_count = labels.count;
}

static void read_arguments(const char *text, struct demo_type *type)
{
    const char *open = strchr(text, '(');
    char *end = NULL;
    if (!open || !isdigit((unsigned char)open[1]))
        return;
    unsigned long first = strtoul(open + 1, &end, 10), second = *end == ',' ? strtoul(end + 1, NULL, 10) : 0;
    if (type->class == DEMO_TEXT || type->class == DEMO_BYTES || type->class == DEMO_BITS)
        type->length = (unsigned)first;
    type->precision = (unsigned)first;
    type->scale = (unsigned)second;
}

static bool has_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (; *text; ++text)
        if (strncasecmp(text, word, length) == 0)
            return true;
    return false;
}

/* What is decided by the words behind the first. */
static void read_rest(const char *text, const struct known_type *known, struct demo_type *type)
{
    bool unsigned_number = has_word(text, "unsigned") || has_word(text, "zerofill");
    if (type->class == DEMO_INTEGER && unsigned_number) {
        type->high = type->high == INT64_MAX ? INT64_MAX : type->high * 2 + 1;
        type->low = 0;
    }
    if (strcasecmp(text, "tinyint(1)") == 0)
        type->class = DEMO_BOOLEAN;
    type->zone = has_word(text, "with time zone") || strncasecmp(text, "timestamptz", 11) == 0;
    type->hexadecimal = strcmp(known->name, "bytea") == 0;
    type->wide = strcasecmp(text, "inet6") == 0;
    type->dates = strcmp(known->name, "daterange") == 0;
    type->fixed = strcmp(known->name, "bit") == 0 && !has_word(text, "varying");
    if (strcmp(known->name, "money") == 0)
        type->precision = 8;
    if (type->class == DEMO_DECIMAL && !strchr(text, '('))
        type->scale = 2;
}

/* "int" stands for "integer" and "int4", too, but not for "interval". */
static bool begins_with_type(const char *text, const char *name)
{
    size_t length = strlen(name);
    if (strncasecmp(text, name, length) != 0)
        return false;
    return !isalpha((unsigned char)text[length]) || strncasecmp(text, "integer", 7) == 0 ||
           strncasecmp(text, "boolean", 7) == 0 || strncasecmp(text, "jsonb", 5) == 0 ||
           strncasecmp(text, "timestamptz", 11) == 0;
}

static bool read_known(struct arena *arena, const char *text, struct demo_type *type)
{
    for (size_t i = 0; i < sizeof known_types / sizeof *known_types; ++i) {
        const struct known_type *known = &known_types[i];
        if (!begins_with_type(text, known->name))
            continue;
        type->class = known->class;
        type->low = known->low;
        type->high = known->high;
        type->length = known->length;
        read_arguments(text, type);
        read_rest(text, known, type);
        if (type->class == DEMO_CHOICE || type->class == DEMO_CHOICES)
            read_labels(arena, text, type);
        return true;
    }
    return false;
}

static const struct schema_object *find_named(const struct seed_tables *tables, const char *text)
{
    struct sql_name name;
    size_t count = 0;
    struct schema_object *const *objects = catalog_objects(tables->catalog, &count);
    if (!sql_name_read(tables->arena, tables->engine->dialect, text, strlen(text), &name))
        return NULL;
    const char *last = name.parts[name.count - 1],
               *schema = name.count > 1 ? name.parts[name.count - 2] : NULL;
    for (size_t i = 0; i < count; ++i) {
        const struct schema_object *object = objects[i];
        if ((object->kind == SCHEMA_ENUM || object->kind == SCHEMA_DOMAIN) &&
            strcmp(object->name, last) == 0 &&
            (!schema || (object->schema && strcmp(object->schema, schema) == 0)))
            return object;
    }
    return NULL;
}

static struct demo_type read_type(const struct seed_tables *tables, const char *text, unsigned depth);

static struct demo_type read_domain(const struct seed_tables *tables, const struct schema_object *domain,
                                    unsigned depth)
{
    const char *base = catalog_text(domain, ATTRIBUTE_TYPE);
    struct demo_type type = read_type(tables, base ? base : "", depth + 1);
    type.not_null = type.not_null || catalog_value(domain, ATTRIBUTE_NOT_NULL);
    for (size_t i = 0; i < domain->part_count; ++i)
        if (domain->parts[i]->kind == SCHEMA_CHECK)
            *vector_add(tables->arena, &type.checks) = domain->parts[i];
    return type;
}

static struct demo_type read_type(const struct seed_tables *tables, const char *text, unsigned depth)
{
    enum { MOST_DOMAINS = 16 };
    struct demo_type type = {.class = DEMO_OTHER};
    size_t length = strlen(text);
    if (length > 2 && strcmp(text + length - 2, "[]") == 0 && depth < MOST_DOMAINS) {
        type = read_type(tables, arena_strndup(tables->arena, text, length - 2), depth + 1);
        type.array = true;
        return type;
    }
    const struct schema_object *named = find_named(tables, text);
    if (named && named->kind == SCHEMA_DOMAIN && depth < MOST_DOMAINS)
        return read_domain(tables, named, depth);
    if (named && named->kind == SCHEMA_ENUM) {
        const struct schema_value *labels = catalog_value(named, ATTRIBUTE_LABELS);
        type.class = DEMO_CHOICE;
        type.labels = labels ? labels->texts : NULL;
        type.label_count = labels ? labels->count : 0;
        return type;
    }
    if (!*text)
        type.class = DEMO_TEXT; /* a column that takes anything */
    else
        read_known(tables->arena, text, &type);
    return type;
}

struct demo_type demo_type_read(const struct seed_tables *tables, const char *text)
{
    return read_type(tables, text, 0);
}
