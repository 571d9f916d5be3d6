#include "seed/demo/generator.h"

#include "base/error.h"
#include "engine/rows.h"
#include "seed/demo/calendar.h"
#include "seed/demo/random.h"
#include "seed/demo/range.h"
#include "seed/demo/rule.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { CODE_WIDTH = 8, SAMPLES = 40, MOST_CHOICES = 16 };

static const uint64_t largest = UINT64_C(1) << 62;

struct demo_generator *demo_generator_new(const struct demo_maker *maker, enum demo_form form)
{
    struct demo_generator *generator = ARENA_NEW(maker->arena, struct demo_generator);
    generator->form = form;
    generator->size = 1;
    generator->distinct = true;
    generator->array = maker->type->array;
    generator->upper = maker->limits->upper;
    generator->zone = maker->type->zone;
    generator->null_share = DEMO_USUAL_NULL_SHARE;
    return generator;
}

/* How many characters a text may have; 0: any number. */
static size_t most_characters(const struct demo_maker *maker)
{
    size_t length = maker->type->length, most = maker->limits->most;
    return length == 0 ? most : most == 0 || length < most ? length : most;
}

static bool admit(const void *user, const char *text, size_t length)
{
    const struct demo_maker *maker = user;
    size_t most = most_characters(maker);
    return demo_limits_admit(maker->limits, text, length) &&
           (most == 0 || demo_characters(text, length) <= most);
}

/* A look at some of the values, for what is put together and cannot be checked piece by piece. */
static bool is_admitted(const struct demo_maker *maker, const struct demo_generator *generator)
{
    struct str text = STR_INIT;
    bool good = true;
    for (uint64_t i = 0; good && i < SAMPLES; ++i) {
        struct demo_generator one = *generator;
        one.array = false;
        str_clear(&text);
        demo_generator_append(&one, &text, demo_scale(demo_draw(generator->size, i), generator->size));
        good = admit(maker, str_text(&text), text.length);
    }
    str_free(&text);
    return good;
}

static struct demo_generator *list_of(const struct demo_maker *maker, size_t count, const char *const *texts)
{
    VECTOR(const char *) admitted = {0};
    for (size_t i = 0; i < count; ++i)
        if (maker->type->class != DEMO_TEXT || admit(maker, texts[i], strlen(texts[i])))
            *vector_add(maker->arena, &admitted) = texts[i];
    if (admitted.count == 0)
        return NULL;
    struct demo_generator *generator = demo_generator_new(maker, FORM_LIST);
    generator->texts = admitted.items;
    generator->text_count = admitted.count;
    generator->size = admitted.count;
    return generator;
}

/* `*ret_generator` stays NULL when the texts do not fit. */
static bool from_template(const struct demo_maker *maker, const char *text,
                          struct demo_generator **ret_generator, dun_error *error)
{
    struct demo_template_limits limits = {maker->limits->upper, maker->limits->lower, most_characters(maker)};
    bool fits = false;
    struct demo_template *template =
        demo_template_read(maker->arena, maker->lexicon, text, &limits, &fits, error);
    if (!template)
        return false;
    if (!fits || !demo_template_filter(template, admit, maker))
        return true;
    struct demo_generator *generator = demo_generator_new(maker, FORM_TEMPLATE);
    generator->template = template;
    generator->size = template->size;
    generator->distinct = template->distinct;
    if (is_admitted(maker, generator))
        *ret_generator = generator;
    return true;
}

static struct demo_generator *from_pattern(const struct demo_maker *maker)
{
    const struct demo_limits *limits = maker->limits;
    for (size_t i = 0; i < limits->patterns.count; ++i) {
        struct demo_generator *generator = demo_generator_new(maker, FORM_PATTERN);
        generator->pattern = limits->patterns.items[i];
        generator->least = limits->least;
        generator->most = most_characters(maker);
        generator->size = demo_pattern_size(&generator->pattern, generator->least, generator->most);
        if (generator->size > 0 && is_admitted(maker, generator))
            return generator;
    }
    return NULL;
}

static struct demo_generator *from_code(const struct demo_maker *maker)
{
    size_t most = most_characters(maker), width = most && most < CODE_WIDTH ? most : CODE_WIDTH;
    struct demo_generator *generator = demo_generator_new(maker, FORM_CODE);
    generator->width = (unsigned)(width < maker->limits->least ? maker->limits->least : width);
    for (unsigned i = 0; i < generator->width && generator->size < largest / DEMO_CODE_RADIX; ++i)
        generator->size *= DEMO_CODE_RADIX;
    return is_admitted(maker, generator) ? generator : NULL;
}

/* A text column whose name says that it holds a date. */
static bool is_moment_by_name(const struct demo_maker *maker)
{
    const char *name = maker->column->name;
    size_t length = strlen(name), most = most_characters(maker);
    return (most == 0 || most >= 19) && maker->limits->patterns.count == 0 &&
           ((length > 3 && strcasecmp(name + length - 3, "_at") == 0) || demo_name_has(name, "date") ||
            demo_name_has(name, "timestamp"));
}

/* Lines of the word list for columns, the first that fits. */
static bool from_rules(const struct demo_maker *maker, struct demo_generator **ret_generator,
                       dun_error *error)
{
    struct demo_rule rule;
    for (size_t i = 0; !*ret_generator && demo_rule_find(maker->arena, maker->lexicon, maker->table,
                                                         maker->column->name, i, &rule);
         ++i) {
        if (rule.numbers || rule.dates)
            continue;
        if (!from_template(maker, rule.value, ret_generator, error))
            return false;
        if (*ret_generator && rule.null_share >= 0)
            (*ret_generator)->null_share = rule.null_share;
    }
    return true;
}

static const char *usual_template(const struct demo_maker *maker)
{
    size_t most = most_characters(maker);
    return most == 0 || most >= 60 ? "{sentence}" : most >= 16 ? "{adjectives} {things}" : "{things}";
}

static bool make_text(const struct demo_maker *maker, struct demo_generator **ret_generator, dun_error *error)
{
    if (maker->limits->patterns.count == 0 && demo_words_find(maker->lexicon, maker->column->name) &&
        !from_template(maker, arena_printf(maker->arena, "{%s}", maker->column->name), ret_generator, error))
        return false;
    if (!*ret_generator && !from_rules(maker, ret_generator, error))
        return false;
    if (!*ret_generator && is_moment_by_name(maker))
        *ret_generator = demo_make_moments(maker, FORM_MOMENT);
    if (!*ret_generator)
        *ret_generator = from_pattern(maker);
    if (!*ret_generator && !from_template(maker, usual_template(maker), ret_generator, error))
        return false;
    if (!*ret_generator)
        *ret_generator = from_code(maker);
    return true;
}

/* What a type has that is always written in the same way; NULL: that is not so. */
static const char *fixed_template(const struct demo_maker *maker, enum demo_class class)
{
    const struct demo_type *type = maker->type;
    switch (class) {
    case DEMO_UUID:
        return "{hex:8}-{hex:4}-4{hex:3}-a{hex:3}-{hex:12}";
    case DEMO_JSON:
        return "{{\"note\": \"{tags}\", \"count\": {1-99}, \"colour\": \"{colours}\", \"active\": true}}";
    case DEMO_ADDRESS:
        return type->wide || maker->rows > 700 ? "2001:db8:{hex:4}:{hex:4}::{hex:4}"
                                               : "{documentation_networks}.{1-254}";
    case DEMO_NETWORK:
        return maker->rows > 3 ? "2001:db8:{hex:4}:{hex:4}::/64" : "{documentation_networks}.0/24";
    case DEMO_CARD:
        return maker->rows > 200 ? "02:{hex:2}:{hex:2}:{hex:2}:{hex:2}:{hex:2}" : "00:00:5e:00:53:{hex:2}";
    case DEMO_INTERVAL:
        return "{1-90} days";
    case DEMO_POINT:
        return maker->tables->engine->rows->has_points ? "({0-180},{0-90})" : "POINT({0-180} {0-90})";
    case DEMO_XML:
        return "<note>{sentence}</note>";
    case DEMO_RANGE:
        return type->dates ? "[2024-{01-12}-{01-28},2025-{01-12}-{01-28})" : "[{1-99},{100-999})";
    case DEMO_BYTES:
        return type->length == 0 || type->length >= 16 ? "{hex:16}"
                                                       : arena_printf(maker->arena, "{hex:%u}", type->length);
    default:
        return NULL;
    }
}

static bool make_fixed(const struct demo_maker *maker, enum demo_class class,
                       struct demo_generator **ret_generator, dun_error *error)
{
    const char *text = fixed_template(maker, class);
    struct demo_type plain = *maker->type;
    struct demo_maker free = *maker;
    plain.length = 0;
    free.type = &plain;
    if (text && !from_template(&free, text, ret_generator, error))
        return false;
    if (*ret_generator && maker->type->hexadecimal)
        (*ret_generator)->prefix = "\\x";
    return true;
}

static struct demo_generator *make_choices(const struct demo_maker *maker)
{
    struct demo_generator *generator = list_of(maker, maker->type->label_count, maker->type->labels);
    if (!generator)
        return NULL;
    generator->form = FORM_CHOICES;
    if (generator->text_count > MOST_CHOICES)
        generator->text_count = MOST_CHOICES;
    generator->size = (uint64_t)1 << generator->text_count;
    return generator;
}

static struct demo_generator *booleans(const struct demo_maker *maker)
{
    const char **texts = arena_alloc(maker->arena, 2 * sizeof *texts);
    texts[0] = maker->tables->engine->rows->true_text;
    texts[1] = maker->tables->engine->rows->false_text;
    struct demo_generator *generator = list_of(maker, 2, texts);
    generator->few_high = true; /* true more often */
    return generator;
}

/* The only values that a check allows. */
static struct demo_generator *make_allowed(const struct demo_maker *maker)
{
    const struct demo_limits *limits = maker->limits;
    VECTOR(const char *) texts = {0};
    for (size_t i = 0; i < limits->allowed.count; ++i) {
        const char *text = limits->allowed.items[i];
        bool out = false;
        for (size_t j = 0; j < limits->excluded.count; ++j)
            out = out || strcmp(limits->excluded.items[j], text) == 0;
        if (maker->type->class == DEMO_BOOLEAN)
            text = strcmp(text, "true") == 0 ? maker->tables->engine->rows->true_text
                                             : maker->tables->engine->rows->false_text;
        if (!out)
            *vector_add(maker->arena, &texts) = text;
    }
    return list_of(maker, texts.count, texts.items);
}

/* NULL: not a class with values of its own, or none of them fits. */
static struct demo_generator *make_plain(const struct demo_maker *maker)
{
    switch (maker->type->class) {
    case DEMO_INTEGER:
    case DEMO_DECIMAL:
    case DEMO_FLOAT:
    case DEMO_YEAR:
        return demo_make_number(maker);
    case DEMO_BOOLEAN:
        return booleans(maker);
    case DEMO_DATE:
        return demo_make_moments(maker, FORM_DATE);
    case DEMO_MOMENT:
        return demo_make_moments(maker, FORM_MOMENT);
    case DEMO_TIME:
        return demo_make_times(maker);
    case DEMO_BITS:
        return demo_make_bits(maker);
    case DEMO_CHOICE:
        return list_of(maker, maker->type->label_count, maker->type->labels);
    case DEMO_CHOICES:
        return make_choices(maker);
    default:
        return NULL;
    }
}

static bool make_by_class(const struct demo_maker *maker, struct demo_generator **ret_generator,
                          dun_error *error)
{
    enum demo_class class = maker->type->class;
    if (class == DEMO_TEXT && maker->limits->json)
        return make_fixed(maker, DEMO_JSON, ret_generator, error);
    if (class == DEMO_TEXT)
        return make_text(maker, ret_generator, error);
    *ret_generator = make_plain(maker);
    return *ret_generator || make_fixed(maker, class, ret_generator, error);
}

/* One of "a, b, c", without the blanks around it; a comma, a blank or a backslash that belongs to it has a
 * backslash before it. */
static const char *next_value(const struct demo_maker *maker, const char **text)
{
    struct str value = STR_INIT;
    const char *at = *text + strspn(*text, " ");
    size_t kept = 0;
    for (; *at && *at != ','; ++at) {
        bool escaped = *at == '\\' && at[1] && strchr(", \\", at[1]);
        at += escaped;
        str_append_char(&value, *at);
        kept = escaped || *at != ' ' ? value.length : kept;
    }
    *text = at;
    const char *copy = arena_strndup(maker->arena, str_text(&value), kept);
    str_free(&value);
    return copy;
}

static struct demo_generator *wished_values(const struct demo_maker *maker)
{
    VECTOR(const char *) values = {0};
    const char *text = maker->wish->values;
    bool more = *text != '\0';
    while (more) {
        *vector_add(maker->arena, &values) = next_value(maker, &text);
        more = *text == ',';
        text += more;
    }
    return list_of(maker, values.count, values.items);
}

static bool make_wished(const struct demo_maker *maker, struct demo_generator **ret_generator,
                        dun_error *error)
{
    const struct demo_wish *wish = maker->wish;
    if (wish->values)
        *ret_generator = wished_values(maker);
    const char *template = wish->words ? arena_printf(maker->arena, "{%s}", wish->words) : wish->like;
    if (!template)
        return true;
    if (!from_template(maker, template, ret_generator, error)) {
        error_at(error, wish->file, wish->line, wish->column);
        return false;
    }
    if (*ret_generator)
        return true;
    error_set(error, DUN_BAD_INPUT, "values like \"%s\" do not fit the column %s of %s", template,
              maker->column->name, maker->table->full_name);
    error_at(error, wish->file, wish->line, wish->column);
    return false;
}

bool demo_generator_make(const struct demo_maker *maker, struct demo_generator **ret_generator,
                         dun_error *error)
{
    *ret_generator = NULL;
    if (maker->wish && !make_wished(maker, ret_generator, error))
        return false;
    if (!*ret_generator && maker->limits->narrowed)
        *ret_generator = make_allowed(maker);
    else if (!*ret_generator && !make_by_class(maker, ret_generator, error))
        return false;
    if (*ret_generator && maker->wish && maker->wish->null_share)
        (*ret_generator)->null_share = strtod(maker->wish->null_share, NULL);
    return true;
}

bool demo_generator_is_ordered(const struct demo_generator *generator)
{
    return (generator->form == FORM_NUMBER || generator->form == FORM_DATE ||
            generator->form == FORM_MOMENT) &&
           !generator->array;
}
