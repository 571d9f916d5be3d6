/* Turns the YAML tree of dunlin.yaml into a struct config. One table a map says which keys it has and who
 * reads them. */
#include "project/config.h"

#include "base/error.h"
#include "base/nearest.h"
#include "base/str.h"
#include "project/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CONCURRENCY = 4096, MOST_KEYS = 16 };

struct reader {
    struct arena *arena;
    const struct source *source;
    dun_error *error;
};

struct key {
    const char *name;
    bool (*read)(struct reader *reader, const struct yaml_pair *pair, void *into);
    size_t offset; /* in the struct of the map, of what is read */
};

static bool fail(struct reader *reader, struct place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool fail(struct reader *reader, struct place place, const char *format, ...)
{
    struct str message = STR_INIT;
    va_list arguments;
    va_start(arguments, format);
    str_vprintf(&message, format, arguments);
    va_end(arguments);
    error_set(reader->error, DUN_BAD_INPUT, "%s", str_text(&message));
    source_error_at(reader->error, reader->source, place);
    str_free(&message);
    return false;
}

static const char *kind_of(const struct yaml_node *node)
{
    if (node->kind == YAML_LIST)
        return "a list";
    if (node->kind == YAML_MAP)
        return "a map";
    if (yaml_is_null(node))
        return "nothing";
    if (yaml_is_boolean(node))
        return "true or false";
    return yaml_is_number(node) ? "a number" : "a text";
}

static bool wrong_type(struct reader *reader, const char *key, const struct yaml_node *value,
                       const char *wanted)
{
    return fail(reader, value->place, "\"%s\" must be %s, not %s", key, wanted, kind_of(value));
}

static bool unknown_key(struct reader *reader, const struct yaml_node *node, const char *where,
                        const struct key *keys, size_t count)
{
    const char *names[MOST_KEYS + 1] = {NULL};
    struct str known = STR_INIT;
    for (size_t i = 0; i < count; ++i) {
        names[i] = keys[i].name;
        str_printf(&known, "%s%s", i ? ", " : "", names[i]);
    }
    fail(reader, node->place, "unknown key \"%s\" in %s", node->text, where);
    const char *meant = nearest_word(node->text, names);
    if (meant)
        error_hint(reader->error, "did you mean \"%s\"?", meant);
    else if (strcmp(node->text, "<<") == 0)
        error_hint(reader->error,
                   "merging maps is not supported; an alias (*name) may stand for a whole value");
    else
        error_hint(reader->error, "known are %s", str_text(&known));
    str_free(&known);
    return false;
}

static bool read_map(struct reader *reader, const struct yaml_node *map, const char *where,
                     const struct key *keys, size_t count, void *into)
{
    VECTOR_EACH (struct yaml_pair, pair, &map->pairs) {
        size_t i = 0;
        while (i < count && strcmp(keys[i].name, pair->key->text) != 0)
            ++i;
        if (i == count)
            return unknown_key(reader, pair->key, where, keys, count);
        if (!keys[i].read(reader, pair, (char *)into + keys[i].offset))
            return false;
    }
    return true;
}

/* A text, or with `numbers` also a number, as it stands. */
static bool read_value(struct reader *reader, const char *key, const struct yaml_node *value, bool numbers,
                       struct config_text *ret_text)
{
    bool is_text = value->kind == YAML_TEXT && !yaml_is_null(value) && !yaml_is_boolean(value);
    if (is_text && !numbers && yaml_is_number(value)) {
        wrong_type(reader, key, value, "a text");
        error_hint(reader->error, "put it in quotes if these digits are meant as a text");
        return false;
    }
    if (!is_text)
        return wrong_type(reader, key, value, "a text");
    if (value->text[0] == '\0')
        return fail(reader, value->place, "\"%s\" is empty", key);
    *ret_text = (struct config_text){value->text, value->place};
    return expand_check(ret_text, reader->source, reader->error);
}

static bool read_text(struct reader *reader, const struct yaml_pair *pair, void *into)
{
    return read_value(reader, pair->key->text, pair->value, false, into);
}

/* For durations, and names that may be digits. */
static bool read_text_or_number(struct reader *reader, const struct yaml_pair *pair, void *into)
{
    return read_value(reader, pair->key->text, pair->value, true, into);
}

static bool read_protected(struct reader *reader, const struct yaml_pair *pair, void *into)
{
    bool *is_protected = into;
    if (!yaml_is_boolean(pair->value)) {
        wrong_type(reader, pair->key->text, pair->value, "true or false");
        if (pair->value->kind == YAML_TEXT && !yaml_is_null(pair->value))
            error_hint(reader->error, "write true or false, without quotes and variables");
        return false;
    }
    *is_protected = strchr("tT", pair->value->text[0]) != NULL;
    return true;
}

static bool read_concurrency(struct reader *reader, const struct yaml_pair *pair, void *into)
{
    unsigned *concurrency = into;
    const char *text = pair->value->text;
    if (!yaml_is_number(pair->value))
        return wrong_type(reader, pair->key->text, pair->value, "a number");
    unsigned long number = strtoul(text, NULL, 10);
    if (text[strspn(text, "0123456789")] != '\0' || number < 1 || number > MOST_CONCURRENCY)
        return fail(reader, pair->value->place, "\"concurrency\" must be a whole number from 1 to %d",
                    MOST_CONCURRENCY);
    *concurrency = (unsigned)number;
    return true;
}

/* Notes that an environment says its targets with this key; the second one to do so is wrong. */
static bool claim_targets(struct reader *reader, struct config_environment *environment,
                          const struct yaml_node *key)
{
    if (environment->targets_key) {
        fail(reader, key->place, "environment \"%s\" has both \"%s\" and \"%s\"", environment->name,
             environment->targets_key, key->text);
        error_hint(reader->error, "keep one of them");
        return false;
    }
    environment->targets_key = key->text;
    return true;
}

static bool read_url(struct reader *reader, const struct yaml_pair *pair, void *into)
{
    struct config_environment *environment = into;
    return claim_targets(reader, environment, pair->key) &&
           read_text(reader, pair, vector_add(reader->arena, &environment->urls));
}

static bool read_urls(struct reader *reader, const struct yaml_pair *pair, void *into)
{
    struct config_environment *environment = into;
    if (!claim_targets(reader, environment, pair->key))
        return false;
    if (pair->value->kind != YAML_LIST)
        return wrong_type(reader, "urls", pair->value, "a list of texts");
    if (pair->value->items.count == 0)
        return fail(reader, pair->value->place, "the list \"urls\" is empty");
    VECTOR_EACH (struct yaml_node *, item, &pair->value->items)
        if (!read_value(reader, "urls", *item, false, vector_add(reader->arena, &environment->urls)))
            return false;
    return true;
}

static bool read_texts(struct reader *reader, const struct yaml_pair *pair, void *into)
{
    config_texts *texts = into;
    if (pair->value->kind != YAML_LIST)
        return wrong_type(reader, pair->key->text, pair->value, "a list of texts");
    VECTOR_EACH (struct yaml_node *, item, &pair->value->items)
        if (!read_value(reader, pair->key->text, *item, false, vector_add(reader->arena, texts)))
            return false;
    return true;
}

static bool read_discover(struct reader *reader, const struct yaml_pair *pair, void *into)
{
    static const struct key keys[] = {
        {"url", read_text, offsetof(struct config_environment, discover_url)},
        {"query", read_text, offsetof(struct config_environment, discover_query)},
    };
    struct config_environment *environment = into;
    if (!claim_targets(reader, environment, pair->key))
        return false;
    if (pair->value->kind != YAML_MAP)
        return wrong_type(reader, "discover", pair->value, "a map of url and query");
    if (!read_map(reader, pair->value, "\"discover\"", keys, sizeof keys / sizeof *keys, environment))
        return false;
    if (!environment->discover_url.text || !environment->discover_query.text)
        return fail(reader, pair->value->place, "\"discover\" has no \"%s\"",
                    environment->discover_url.text ? "query" : "url");
    return true;
}

/* Patterns say what to look for where "url" points. */
static bool check_patterns(struct reader *reader, const struct config_environment *environment)
{
    const struct config_text *pattern =
        environment->databases.text ? &environment->databases : &environment->schemas;
    const char *key = environment->databases.text ? "databases" : "schemas";
    if (!pattern->text)
        return true;
    if (environment->databases.text && environment->schemas.text)
        return fail(reader, environment->schemas.place,
                    "environment \"%s\" has both \"databases\" and \"schemas\"", environment->name);
    if (environment->targets_key && strcmp(environment->targets_key, "url") == 0)
        return true;
    fail(reader, pattern->place, "\"%s\" needs the \"url\" of the server to look at", key);
    error_hint(reader->error, "write { url: \"...\", %s: \"%s\" }", key, pattern->text);
    return false;
}

static bool read_environment(struct reader *reader, const struct yaml_pair *pair,
                             struct config_environment *environment)
{
    static const struct key keys[] = {
        {"url", read_url, 0},
        {"urls", read_urls, 0},
        {"discover", read_discover, 0},
        {"databases", read_text_or_number, offsetof(struct config_environment, databases)},
        {"schemas", read_text_or_number, offsetof(struct config_environment, schemas)},
        {"protected", read_protected, offsetof(struct config_environment, is_protected)},
        {"concurrency", read_concurrency, offsetof(struct config_environment, concurrency)},
    };
    environment->name = pair->key->text;
    environment->place = pair->key->place;
    if (*environment->name == '\0')
        return fail(reader, pair->key->place, "an environment needs a name");
    if (pair->value->kind != YAML_MAP) {
        fail(reader, pair->value->place, "environment \"%s\" must be a map, not %s", environment->name,
             kind_of(pair->value));
        error_hint(reader->error, "write %s: { url: \"...\" }", environment->name);
        return false;
    }
    char where[80];
    snprintf(where, sizeof where, "environment \"%.60s\"", environment->name);
    if (!read_map(reader, pair->value, where, keys, sizeof keys / sizeof *keys, environment) ||
        !check_patterns(reader, environment))
        return false;
    if (!environment->targets_key)
        return fail(reader, pair->key->place, "environment \"%s\" has none of url, urls and discover",
                    environment->name);
    return true;
}

static bool read_environments(struct reader *reader, const struct yaml_pair *pair, void *into)
{
    struct config *config = into;
    if (yaml_is_null(pair->value))
        return true; /* what is left when all of them are commented out */
    if (pair->value->kind != YAML_MAP)
        return wrong_type(reader, "environments", pair->value, "a map of names");
    VECTOR_EACH (struct yaml_pair, environment, &pair->value->pairs)
        if (!read_environment(reader, environment, vector_add(reader->arena, &config->environments)))
            return false;
    return true;
}

/* Which options there are, and what they may be, is known where seeds are loaded. */
static bool read_seed_option(struct reader *reader, const struct yaml_node *seed,
                             const struct yaml_pair *pair, struct config *config)
{
    if (pair->value->kind != YAML_TEXT)
        return wrong_type(reader, pair->key->text, pair->value, "a text");
    *vector_add(reader->arena, &config->seed_settings) = (dun_seed_setting){
        .seed = seed->text,
        .name = pair->key->text,
        .value = pair->value->text,
        .file = reader->source->file,
        .line = pair->value->place.line,
        .column = pair->value->place.column,
    };
    return true;
}

static bool read_seed_options(struct reader *reader, const struct yaml_pair *pair, void *into)
{
    if (yaml_is_null(pair->value))
        return true;
    if (pair->value->kind != YAML_MAP)
        return wrong_type(reader, "seed_options", pair->value, "a map of seed files");
    VECTOR_EACH (struct yaml_pair, seed, &pair->value->pairs) {
        if (seed->value->kind != YAML_MAP)
            return wrong_type(reader, seed->key->text, seed->value, "a map of options: { mode: sync }");
        VECTOR_EACH (struct yaml_pair, option, &seed->value->pairs)
            if (!read_seed_option(reader, seed->key, option, into))
                return false;
    }
    return true;
}

/* As an item of a list it is one, whatever is in it. */
static void append_demo_item(struct str *value, const char *text)
{
    for (; *text; ++text) {
        if (strchr(", \\", *text))
            str_append_char(value, '\\');
        str_append_char(value, *text);
    }
}

/* [free, pro], or one text. */
static bool read_demo_value(struct reader *reader, const struct yaml_pair *pair, const char **ret_value)
{
    struct str value = STR_INIT;
    if (pair->value->kind == YAML_MAP)
        return wrong_type(reader, pair->key->text, pair->value, "a text or a list of texts");
    if (pair->value->kind == YAML_TEXT)
        str_append(&value, pair->value->text);
    VECTOR_EACH (struct yaml_node *, item, &pair->value->items) {
        if (item != pair->value->items.items)
            str_append_char(&value, ',');
        if ((*item)->kind != YAML_TEXT) {
            str_free(&value);
            return wrong_type(reader, pair->key->text, *item, "a text");
        }
        append_demo_item(&value, (*item)->text);
    }
    *ret_value = arena_strdup(reader->arena, str_text(&value));
    str_free(&value);
    return true;
}

/* What can be said of a column is known where its values are made up. */
static bool read_demo_column(struct reader *reader, const struct yaml_pair *column, struct config *config)
{
    if (column->value->kind != YAML_MAP)
        return wrong_type(reader, column->key->text, column->value, "a map such as { values: [a, b] }");
    VECTOR_EACH (struct yaml_pair, pair, &column->value->pairs) {
        dun_demo_setting setting = {
            .place = column->key->text,
            .name = pair->key->text,
            .file = reader->source->file,
            .line = pair->value->place.line,
            .column = pair->value->place.column,
        };
        if (!read_demo_value(reader, pair, &setting.value))
            return false;
        *vector_add(reader->arena, &config->demo_settings) = setting;
    }
    return true;
}

static bool read_demo(struct reader *reader, const struct yaml_pair *pair, void *into)
{
    struct config *config = into;
    if (yaml_is_null(pair->value))
        return true;
    if (pair->value->kind != YAML_MAP)
        return wrong_type(reader, "demo", pair->value,
                          "a map of columns: { customers.plan: { values: [free, pro] } }");
    VECTOR_EACH (struct yaml_pair, column, &pair->value->pairs) {
        bool locale = strcmp(column->key->text, "locale") == 0, seed = strcmp(column->key->text, "seed") == 0;
        bool good =
            (locale || seed) && column->value->kind == YAML_TEXT
                ? read_text_or_number(reader, column, locale ? &config->demo_locale : &config->demo_seed)
                : read_demo_column(reader, column, config);
        if (!good)
            return false;
    }
    return true;
}

bool config_read(struct arena *arena, const struct source *source, struct config **ret_config,
                 dun_error *error)
{
    static const struct key keys[] = {
        {"schema", read_text, offsetof(struct config, schema)},
        {"migrations", read_text, offsetof(struct config, migrations)},
        {"seeds", read_text, offsetof(struct config, seeds)},
        {"scratch", read_text, offsetof(struct config, scratch)},
        {"history", read_text, offsetof(struct config, history)},
        {"lock_timeout", read_text_or_number, offsetof(struct config, lock_timeout)},
        {"default_environment", read_text_or_number, offsetof(struct config, default_environment)},
        {"ignore", read_texts, offsetof(struct config, ignore)},
        {"compare", read_texts, offsetof(struct config, compare)},
        {"environments", read_environments, 0},
        {"seed_options", read_seed_options, 0},
        {"demo", read_demo, 0},
    };
    struct reader reader = {.arena = arena, .source = source, .error = error};
    struct config *config = ARENA_NEW(arena, struct config);
    config->source = *source;
    struct yaml_node *root;
    if (!yaml_read(arena, source, &root, error))
        return false;
    if (root && root->kind != YAML_MAP) {
        fail(&reader, root->place, "the config must be a map of keys and values, not %s", kind_of(root));
        error_hint(error, "write lines such as \"migrations: migrations\"");
        return false;
    }
    if (root && !read_map(&reader, root, "the config", keys, sizeof keys / sizeof *keys, config))
        return false;
    *ret_config = config;
    return true;
}

const struct config_environment *config_find_environment(const struct config *config, const char *name)
{
    VECTOR_EACH (const struct config_environment, environment, &config->environments)
        if (strcmp(environment->name, name) == 0)
            return environment;
    return NULL;
}
