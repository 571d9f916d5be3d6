/* Keys that are unique by construction: the numbers of rows are permuted, or cut into digits, and never
 * tried. */
#include "seed/demo/keys.h"

#include "seed/demo/unique.h"

#include <string.h>

static const uint64_t largest = UINT64_C(1) << 62;

/* So many times more values than rows, and a column can be different in each row without looking odd. */
enum { PLENTY = 16 };

static uint64_t rows_in_all(const struct demo_table *table)
{
    return table->present + table->rows;
}

uint64_t demo_keys_multiply(uint64_t a, uint64_t b)
{
    return b && a > largest / b ? largest : a * b;
}

void demo_keys_lessen(struct demo_settling *settling, uint64_t most, const char *reason)
{
    if (settling->table->rows <= most)
        return;
    settling->table->rows = most;
    settling->table->short_of = reason;
}

/* The first candidate that is a new row. */
static uint64_t first_new(const struct demo_reference *reference)
{
    uint64_t known = reference->to->known, low = 0;
    while (reference->narrowed && low < reference->admitted_count && reference->admitted[low] < known)
        ++low;
    return reference->narrowed ? low : known;
}

/* Where there are rows already, only new ones are referred to, for they are certain to be free. */
static void narrow_pool(const struct demo_settling *settling, struct demo_key_part *part)
{
    const struct demo_reference *reference = part->reference;
    struct demo_choice *choice = part->choice;
    uint64_t skip =
        settling->table->present > 0 && reference->to != settling->table ? first_new(reference) : 0;
    bool new_ones = skip > 0 && skip < demo_candidates(reference);
    choice->skip = new_ones ? skip : 0;
    part->size = demo_candidates(reference) - choice->skip;
    choice->size = part->size;
    choice->start =
        settling->table->present > 0 && !new_ones; /* of a pool: go on behind the rows that are there */
}

static bool is_among(size_t column, const struct seed_key *key)
{
    for (size_t i = 0; i < key->count; ++i)
        if (key->columns[i] == column)
            return true;
    return false;
}

/* Does the key have columns of the reference that tell rows apart where it refers to? */
static bool tells_apart(const struct seed_reference *reference, const struct seed_key *key)
{
    const struct seed_table *to = reference->to;
    for (size_t i = 0; i < to->key_count; ++i) {
        size_t found = 0;
        for (size_t j = 0; j < reference->count; ++j)
            found += is_among(reference->columns[j], key) && is_among(reference->referenced[j], &to->keys[i]);
        if (found == to->keys[i].count)
            return true;
    }
    return false;
}

static void add_part(struct demo_settling *settling, struct demo_key_part part)
{
    for (size_t i = 0; i < settling->count; ++i)
        if (settling->parts[i].choice == part.choice)
            return;
    if (part.reference)
        narrow_pool(settling, &part);
    else
        part.size = part.column->generator->size;
    settling->parts[settling->count++] = part;
}

/* False: nothing has to be done for the key, or nothing can. */
static bool gather(struct demo_settling *settling, const struct seed_key *key)
{
    settling->count = 0;
    for (size_t i = 0; i < key->count && settling->count < DEMO_KEY_MOST; ++i) {
        struct demo_column *column = &settling->table->columns[key->columns[i]];
        struct demo_reference *reference = column->reference;
        if (column->source == SOURCE_LEFT_OUT || column->source == SOURCE_NULL)
            return false; /* the database gives a number, or NULLs are all different */
        if (column->source == SOURCE_REFERENCE)
            add_part(settling, (struct demo_key_part){.choice = &reference->choice,
                                                      .reference = reference,
                                                      .whole = tells_apart(reference->reference, key)});
        else
            add_part(settling,
                     (struct demo_key_part){.choice = &column->choice, .column = column, .whole = true});
    }
    return key->count <= DEMO_KEY_MOST;
}

static bool is_unique_alone(const struct demo_key_part *part)
{
    enum demo_mode mode = part->choice->mode;
    return mode == MODE_SEQUENCE || mode == MODE_PERMUTED || mode == MODE_PREVIOUS || mode == MODE_SAME;
}

void demo_keys_forbid_null(struct demo_settling *settling)
{
    for (size_t i = 0; i < settling->count; ++i) {
        struct demo_key_part *part = &settling->parts[i];
        if (part->column)
            part->column->optional = false;
        else if (part->reference->to != settling->table)
            part->reference->optional = false;
    }
}

void demo_keys_take_for_itself(struct demo_column *column)
{
    column->usual = NULL;
    column->other = NULL;
}

static void settle_sequence(struct demo_settling *settling, struct demo_column *column)
{
    long double most =
        column->type.class == DEMO_INTEGER ? (long double)column->type.high : (long double)INT64_MAX;
    if (column->limits.has_high && column->limits.high < most)
        most = column->limits.high - column->limits.below_high;
    long double room = most - (long double)column->choice.start + 1;
    demo_keys_lessen(settling,
                     room < 0       ? 0
                     : room > 4e18L ? UINT64_MAX
                                    : (uint64_t)room,
                     "its numbers end there");
}

static bool can_be_numbered(const struct demo_column *column)
{
    size_t most = column->type.length;
    const struct demo_generator *generator = column->generator;
    return generator->form == FORM_TEMPLATE && !column->type.array && column->limits.patterns.count == 0 &&
           !column->limits.narrowed && !generator->prefix && column->type.class == DEMO_TEXT && most == 0;
}

/* With a limit, the longest text and the longest number must fit together. */
static bool fits_numbered(const struct demo_settling *settling, const struct demo_column *column)
{
    size_t most = column->type.length, digits = 1;
    if (column->limits.most && (most == 0 || column->limits.most < most))
        most = column->limits.most;
    for (uint64_t rows = rows_in_all(settling->table); rows > 0; rows /= 10)
        ++digits;
    struct demo_column free = *column;
    free.type.length = 0;
    const struct demo_template *template = column->generator->template;
    return can_be_numbered(&free) && template &&
           (most == 0 || (template->longest > 0 && template->longest + digits <= most));
}

/* What has no room for as many different values is replaced by letters and digits. */
static bool take_codes(struct demo_settling *settling, struct demo_column *column)
{
    enum { RADIX = 36 };
    uint64_t wanted = rows_in_all(settling->table), size = 1;
    size_t most = column->type.length, width = 0;
    if (column->limits.most && (most == 0 || column->limits.most < most))
        most = column->limits.most;
    if (column->type.class != DEMO_TEXT || column->limits.patterns.count || column->limits.narrowed ||
        column->type.array)
        return false;
    while ((size < wanted || width < column->limits.least) && width < most && size < largest / RADIX) {
        size *= RADIX;
        ++width;
    }
    if (size < column->generator->size || width == 0)
        return false;
    struct demo_generator *generator = column->generator;
    generator->form = FORM_CODE;
    generator->width = (unsigned)width;
    generator->size = size;
    generator->distinct = true;
    return true;
}

static void settle_column(struct demo_settling *settling, struct demo_key_part *part, bool primary)
{
    struct demo_column *column = part->column;
    demo_keys_take_for_itself(column);
    if (column->choice.mode == MODE_SEQUENCE ||
        (primary && column->type.class == DEMO_INTEGER && column->generator->form == FORM_NUMBER)) {
        column->choice.mode = MODE_SEQUENCE;
        settle_sequence(settling, column);
        return;
    }
    column->choice.mode = MODE_PERMUTED;
    column->choice.numbered = false;
    bool enough = column->generator->distinct && column->generator->size >= rows_in_all(settling->table);
    /* Rows that are there may have any of the texts, but hardly one with the number of a row to come. */
    if (enough && (settling->table->present == 0 || !fits_numbered(settling, column)))
        return;
    if (fits_numbered(settling, column)) {
        column->choice.numbered = true;
        column->choice.rounds = settling->table->present == 0 && column->generator->distinct &&
                                !demo_template_ends_in_number(column->generator->template);
        return;
    }
    if (take_codes(settling, column) && column->generator->size >= rows_in_all(settling->table))
        return;
    uint64_t left = column->generator->size > settling->table->present
                        ? column->generator->size - settling->table->present
                        : 0;
    demo_keys_lessen(
        settling, left,
        arena_printf(settling->plan->arena, "%s has no more different values", column->column->name));
}

static void settle_reference(struct demo_settling *settling, struct demo_key_part *part)
{
    if (part->choice->mode == MODE_SAME)
        return;
    if (part->reference->to == settling->table) {
        part->choice->mode = MODE_PREVIOUS;
        return;
    }
    part->choice->mode = part->size ? MODE_PERMUTED : MODE_FREE;
    uint64_t left = part->choice->start
                        ? (part->size > settling->table->present ? part->size - settling->table->present : 0)
                        : part->size;
    if (!part->reference->optional || part->choice->mode == MODE_PERMUTED)
        demo_keys_lessen(settling, left,
                         arena_printf(settling->plan->arena, "each row needs a row of its own in %s",
                                      part->reference->to->table->full_name));
}

/* One of several that has so many values that it may be unique alone: a date, a text. */
static bool settle_by_one(struct demo_settling *settling)
{
    for (size_t i = 0; i < settling->count; ++i) {
        struct demo_key_part *part = &settling->parts[i];
        if (!part->column || part->choice->mode != MODE_FREE ||
            part->column->generator->form == FORM_NUMBER || !part->column->generator->distinct ||
            part->size / PLENTY < rows_in_all(settling->table))
            continue;
        demo_keys_take_for_itself(part->column);
        part->choice->mode = MODE_PERMUTED;
        part->column->optional = false;
        return true;
    }
    return false;
}

static bool has_column_part(const struct demo_settling *settling)
{
    for (size_t i = 0; i < settling->count; ++i)
        if (settling->parts[i].column)
            return true;
    return false;
}

/* The reference to the table itself; NULL: the key has none. */
static struct demo_key_part *own_part(struct demo_settling *settling)
{
    for (size_t i = 0; i < settling->count; ++i)
        if (settling->parts[i].reference && settling->parts[i].reference->to == settling->table)
            return &settling->parts[i];
    return NULL;
}

/* What does not help to tell rows apart is left as it is, for the others are different in all rows. */
static void keep_parts(struct demo_settling *settling)
{
    size_t count = 0;
    for (size_t i = 0; i < settling->count; ++i) {
        const struct demo_key_part *part = &settling->parts[i];
        bool own = part->reference && part->reference->to == settling->table;
        if (part->column || (part->whole && !own))
            settling->parts[count++] = *part;
    }
    settling->count = count;
}

/* One of the columns alone: whole numbers count up, texts get a number. */
static bool settle_a_column(struct demo_settling *settling)
{
    for (int numbers = 1; numbers >= 0; --numbers)
        for (size_t i = 0; i < settling->count; ++i) {
            struct demo_key_part *part = &settling->parts[i];
            if (!part->column || part->choice->mode != MODE_FREE ||
                (part->column->type.class == DEMO_INTEGER) != numbers)
                continue;
            settle_column(settling, part, true);
            part->column->optional = false;
            return true;
        }
    return false;
}

static bool settle_several(struct demo_settling *settling)
{
    struct demo_key_part *own = own_part(settling);
    if (own && !has_column_part(settling)) {
        own->choice->mode = MODE_PREVIOUS; /* a row that has one row behind it at most */
        return true;
    }
    keep_parts(settling);
    if (settling->count == 0)
        return false;
    if (settling->count == 1 && settling->parts[0].column)
        return settle_a_column(settling);
    return settle_by_one(settling) || demo_keys_settle_together(settling) || settle_a_column(settling);
}

/*
 * A key of some rows only that has a reference, as "one address of a customer is the usual one": the first
 * rows have one of what they refer to each, and those behind are none that the key is about.
 */
static bool settle_some_rows(struct demo_settling *settling, const struct demo_unique *unique)
{
    for (size_t i = 0; i < settling->count; ++i) {
        struct demo_key_part *part = &settling->parts[i];
        if (!part->reference || !part->whole || part->reference->to == settling->table ||
            part->reference->shared_count > 0 ||
            (part->choice->mode != MODE_FREE && part->choice->mode != MODE_PERMUTED) || part->size == 0)
            continue;
        if (!demo_unique_limit(settling->plan, settling->table, unique, part->choice->start ? 0 : part->size))
            return false;
        part->choice->mode = MODE_PERMUTED;
        return true;
    }
    return false;
}

/* False: there is no way to make the key unique but to try. */
static bool settle_key(struct demo_settling *settling, const struct demo_unique *unique)
{
    const struct seed_key *key = &unique->key;
    if (!gather(settling, key) || settling->count == 0)
        return true;
    if (unique->where && settle_some_rows(settling, unique))
        return true;
    if (key->primary)
        demo_keys_forbid_null(settling);
    for (size_t i = 0; i < settling->count; ++i)
        if (is_unique_alone(&settling->parts[i]) && settling->parts[i].whole && settling->count > 1)
            return true;
    if (settling->count > 1)
        return settle_several(settling);
    struct demo_key_part *part = &settling->parts[0];
    if (part->column)
        settle_column(settling, part, key->primary);
    else if (part->reference->to == settling->table || (part->whole && part->reference->shared_count == 0))
        settle_reference(settling, part);
    else
        return false;
    return true;
}

/* From an earlier round: what was chosen may be another now. */
static void forget(struct demo_table *table)
{
    for (size_t i = 0; i < table->column_count; ++i) {
        table->columns[i].beyond = BEYOND_ANY;
        if (table->columns[i].choice.mode != MODE_SEQUENCE)
            table->columns[i].choice.mode = MODE_FREE;
    }
    for (size_t i = 0; i < table->reference_count; ++i)
        if (table->references[i].choice.mode != MODE_SAME)
            table->references[i].choice.mode = MODE_FREE;
}

void demo_keys_settle(struct demo_plan *plan, struct demo_table *table)
{
    struct demo_settling settling = {.plan = plan, .table = table};
    forget(table);
    table->not_settled.count = 0;
    for (size_t i = 0; i < table->column_count; ++i)
        if (table->columns[i].choice.mode == MODE_SEQUENCE)
            settle_sequence(&settling, &table->columns[i]);
    for (int some = 0; some <= 1; ++some) /* of all rows, and then those of some */
        for (size_t width = 1; width <= DEMO_KEY_MOST;
             ++width) /* keys of one column first: they may settle the others */
            VECTOR_EACH (const struct demo_unique, unique, &table->uniques)
                if (unique->key.count == width && !unique->where == !some && !settle_key(&settling, unique))
                    *vector_add(plan->arena, &table->not_settled) = unique->key.name;
}
