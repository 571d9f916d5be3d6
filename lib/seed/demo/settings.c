#include "seed/demo/settings.h"

#include "base/error.h"
#include "base/nearest.h"
#include "seed/demo/calendar.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* What can be said of a column, and where a wish keeps it. */
static const struct said {
    const char *name;
    size_t field; /* a const char * */
} all_said[] = {
    {"like", offsetof(struct demo_wish, like)},     {"words", offsetof(struct demo_wish, words)},
    {"values", offsetof(struct demo_wish, values)}, {"min", offsetof(struct demo_wish, low)},
    {"max", offsetof(struct demo_wish, high)},      {"null", offsetof(struct demo_wish, null_share)},
    {"skip", offsetof(struct demo_wish, skip)}};

static const struct said *said_by(const char *name)
{
    for (size_t i = 0; i < sizeof all_said / sizeof *all_said; ++i)
        if (strcmp(all_said[i].name, name) == 0)
            return &all_said[i];
    return NULL;
}

static bool fail(const dun_demo_setting *setting, dun_error *error)
{
    error_at(error, setting->file, setting->line, setting->column);
    return false;
}

static bool is_known(const dun_demo_setting *setting, dun_error *error)
{
    if (said_by(setting->name))
        return true;
    error_set(error, DUN_BAD_INPUT, "\"%s\" is nothing that can be said of demo data", setting->name);
    error_hint(error, "there are like, words, values, min, max, null and skip");
    return fail(setting, error);
}

/* Of a date the seconds. */
static bool read_number(const char *text, long double *ret_number)
{
    int64_t seconds;
    char *end = NULL;
    bool date = calendar_read(text, &seconds);
    *ret_number = date ? (long double)seconds : strtold(text, &end);
    return date || (end != text && *end == '\0');
}

static bool is_number(const dun_demo_setting *setting, dun_error *error)
{
    static const char *const numbers[] = {"min", "max", "null"};
    long double number;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; ++i)
        if (strcmp(numbers[i], setting->name) == 0 && !read_number(setting->value, &number)) {
            error_set(error, DUN_BAD_INPUT, "\"%s\" is a number%s, not \"%s\"", setting->name,
                      i < 2 ? " or a date" : " from 0 to 1", setting->value);
            return fail(setting, error);
        }
    return true;
}

/* Both stand beside each other, in either order. */
static bool leaves_room(const struct dun_demo_options *demo, size_t index, dun_error *error)
{
    const dun_demo_setting *high = &demo->settings[index];
    long double least, most;
    if (strcmp(high->name, "max") != 0 || !read_number(high->value, &most))
        return true;
    for (size_t i = 0; i < demo->setting_count; ++i) {
        const dun_demo_setting *low = &demo->settings[i];
        if (strcmp(low->name, "min") != 0 || strcmp(low->place, high->place) != 0 ||
            !read_number(low->value, &least) || least <= most)
            continue;
        error_set(error, DUN_BAD_INPUT, "max is less than min: %s to %s", low->value, high->value);
        return fail(high, error);
    }
    return true;
}

bool demo_settings_check(const struct dun_demo_options *demo, dun_error *error)
{
    for (size_t i = 0; i < demo->setting_count; ++i)
        if (!is_known(&demo->settings[i], error) || !is_number(&demo->settings[i], error) ||
            !leaves_room(demo, i, error))
            return false;
    return true;
}

static bool is_of(const char *place, const struct seed_table *table, const char *column)
{
    const char *const names[] = {table->full_name, table->name};
    for (size_t i = 0; i < 2; ++i) {
        size_t length = strlen(names[i]);
        if (strncmp(place, names[i], length) == 0 && place[length] == '.' &&
            strcmp(place + length + 1, column) == 0)
            return true;
    }
    return strcmp(place, column) == 0;
}

/* "customers.nmae": the nearest column of that table, or the nearest table. */
static void hint(const struct demo_plan *plan, const char *place, dun_error *error)
{
    const char *dot = strrchr(place, '.');
    const char **names = arena_alloc(plan->arena, (plan->tables->count + 1) * sizeof *names);
    const char *table = dot ? arena_strndup(plan->arena, place, (size_t)(dot - place)) : "";
    for (size_t i = 0; i < plan->tables->count; ++i) {
        names[i] = plan->tables->tables[i].name;
        if (dot && (strcmp(table, names[i]) == 0 || strcmp(table, plan->tables->tables[i].full_name) == 0)) {
            seed_table_hint_columns(&plan->tables->tables[i], dot + 1, error);
            return;
        }
    }
    const char *meant = nearest_word(table, names);
    if (dot && meant)
        error_hint(error, "did you mean the table \"%s\"?", meant);
    else
        error_hint(error, "write TABLE.COLUMN, or COLUMN for the columns of that name in all tables");
}

static bool is_there(const struct demo_plan *plan, const char *place)
{
    for (size_t i = 0; i < plan->tables->count; ++i) {
        const struct seed_table *table = &plan->tables->tables[i];
        for (size_t j = 0; j < table->column_count; ++j)
            if (is_of(place, table, table->columns[j].name))
                return true;
    }
    return false;
}

bool demo_settings_find(const struct demo_plan *plan, dun_error *error)
{
    for (size_t i = 0; i < plan->setting_count; ++i) {
        const dun_demo_setting *setting = &plan->settings[i];
        if (is_there(plan, setting->place))
            continue;
        error_set(error, DUN_BAD_INPUT, "demo: no table has a column %s", setting->place);
        hint(plan, setting->place, error);
        return fail(setting, error);
    }
    return true;
}

static void add(struct demo_wish *wish, const dun_demo_setting *setting)
{
    const struct said *said = said_by(setting->name);
    if (said)
        *(const char **)((char *)wish + said->field) = setting->value;
    wish->file = setting->file;
    wish->line = setting->line;
    wish->column = setting->column;
}

const struct demo_wish *demo_settings_of(const struct demo_plan *plan, const struct seed_table *table,
                                         const struct seed_column *column)
{
    struct demo_wish *wish = NULL;
    for (size_t i = 0; i < plan->setting_count; ++i) {
        if (!is_of(plan->settings[i].place, table, column->name))
            continue;
        if (!wish)
            wish = ARENA_NEW(plan->arena, struct demo_wish);
        add(wish, &plan->settings[i]);
    }
    return wish;
}
