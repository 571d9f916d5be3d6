/* Keys that are unique by construction: the numbers of rows are permuted, or cut into digits, and never
 * tried. */
#include "base/memory.h"
#include "base/str.h"
#include "seed/demo/index.h"
#include "seed/demo/plan.h"
#include "seed/demo/random.h"
#include "seed/demo/unique.h"

#include <stdlib.h>
#include <string.h>

static const uint64_t largest = UINT64_C(1) << 62;

/* So many times more values than rows, and a column can be different in each row without looking odd. */
enum { PLENTY = 16 };

/* A choice of the row that columns of a key follow from. */
struct part {
    struct demo_choice *choice;
    struct demo_column *column; /* NULL: of a reference */
    struct demo_reference *reference;
    uint64_t size;
    bool whole; /* no two rows of what it refers to have the same values in the key */
};

struct settling {
    struct demo_plan *plan;
    struct demo_table *table;
    struct part parts[DEMO_KEY_MOST];
    size_t count;
};

static uint64_t rows_in_all(const struct demo_table *table)
{
    return table->present + table->rows;
}

static uint64_t multiply(uint64_t a, uint64_t b)
{
    return b && a > largest / b ? largest : a * b;
}

static void lessen(struct settling *settling, uint64_t most, const char *reason)
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
static void narrow_pool(const struct settling *settling, struct part *part)
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

static void add_part(struct settling *settling, struct part part)
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
static bool gather(struct settling *settling, const struct seed_key *key)
{
    settling->count = 0;
    for (size_t i = 0; i < key->count && settling->count < DEMO_KEY_MOST; ++i) {
        struct demo_column *column = &settling->table->columns[key->columns[i]];
        struct demo_reference *reference = column->reference;
        if (column->source == SOURCE_LEFT_OUT || column->source == SOURCE_NULL)
            return false; /* the database gives a number, or NULLs are all different */
        if (column->source == SOURCE_REFERENCE)
            add_part(settling, (struct part){.choice = &reference->choice,
                                             .reference = reference,
                                             .whole = tells_apart(reference->reference, key)});
        else
            add_part(settling, (struct part){.choice = &column->choice, .column = column, .whole = true});
    }
    return key->count <= DEMO_KEY_MOST;
}

static bool is_unique_alone(const struct part *part)
{
    enum demo_mode mode = part->choice->mode;
    return mode == MODE_SEQUENCE || mode == MODE_PERMUTED || mode == MODE_PREVIOUS || mode == MODE_SAME;
}

static void forbid_null(struct settling *settling)
{
    for (size_t i = 0; i < settling->count; ++i) {
        struct part *part = &settling->parts[i];
        if (part->column)
            part->column->optional = false;
        else if (part->reference->to != settling->table)
            part->reference->optional = false;
    }
}

static void take_for_itself(struct demo_column *column)
{
    column->usual = NULL;
    column->other = NULL;
}

static void settle_sequence(struct settling *settling, struct demo_column *column)
{
    long double most =
        column->type.class == DEMO_INTEGER ? (long double)column->type.high : (long double)INT64_MAX;
    if (column->limits.has_high && column->limits.high < most)
        most = column->limits.high - column->limits.below_high;
    long double room = most - (long double)column->choice.start + 1;
    lessen(settling, room < 0 ? 0 : room > 4e18L ? UINT64_MAX : (uint64_t)room, "its numbers end there");
}

static bool can_be_numbered(const struct demo_column *column)
{
    size_t most = column->type.length;
    const struct demo_generator *generator = column->generator;
    return generator->form == FORM_TEMPLATE && !column->type.array && column->limits.patterns.count == 0 &&
           !column->limits.narrowed && !generator->prefix && column->type.class == DEMO_TEXT && most == 0;
}

/* With a limit, the longest text and the longest number must fit together. */
static bool fits_numbered(const struct settling *settling, const struct demo_column *column)
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
static bool take_codes(struct settling *settling, struct demo_column *column)
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

static void settle_column(struct settling *settling, struct part *part, bool primary)
{
    struct demo_column *column = part->column;
    take_for_itself(column);
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
    lessen(settling, left,
           arena_printf(settling->plan->arena, "%s has no more different values", column->column->name));
}

static void settle_reference(struct settling *settling, struct part *part)
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
        lessen(settling, left,
               arena_printf(settling->plan->arena, "each row needs a row of its own in %s",
                            part->reference->to->table->full_name));
}

/* One of several that has so many values that it may be unique alone: a date, a text. */
static bool settle_by_one(struct settling *settling)
{
    for (size_t i = 0; i < settling->count; ++i) {
        struct part *part = &settling->parts[i];
        if (!part->column || part->choice->mode != MODE_FREE ||
            part->column->generator->form == FORM_NUMBER || !part->column->generator->distinct ||
            part->size / PLENTY < rows_in_all(settling->table))
            continue;
        take_for_itself(part->column);
        part->choice->mode = MODE_PERMUTED;
        part->column->optional = false;
        return true;
    }
    return false;
}

/* Shares of a block as 1/1, 1/2, 1/3, ..., none more than `most`, all of them `rows`. */
static void share_out(struct demo_key *key, uint64_t rows, uint64_t most)
{
    double sum = 0;
    uint64_t given = 0;
    for (size_t i = 0; i < key->block; ++i)
        sum += 1.0 / (double)(i + 1);
    for (size_t i = 0; i < key->block; ++i) {
        uint64_t share = (uint64_t)((double)rows / (double)(i + 1) / sum);
        key->shares[i] = share > most ? most : share;
        given += key->shares[i];
    }
    for (size_t i = 0; given < rows; i = (i + 1) % key->block)
        if (key->shares[i] < most) {
            uint64_t more = (rows - given + key->block - 1) / key->block, room = most - key->shares[i];
            more = more < room ? more : room;
            key->shares[i] += more;
            given += more;
        }
}

static void group(const struct settling *settling, struct demo_key *key)
{
    uint64_t members = key->sizes[0], rows = settling->table->rows;
    key->grouped = true;
    key->block = members < DEMO_BLOCK ? (size_t)members : DEMO_BLOCK;
    uint64_t blocks = members / key->block, each = (rows + blocks * key->block - 1) / (blocks * key->block);
    if (each > key->rest) {
        key->block = 1;
        blocks = members;
        each = (rows + members - 1) / members;
    }
    each = each == 0 ? 1 : each;
    key->block_rows = each * key->block;
    share_out(key, key->block_rows, key->rest);
}

static void put_references_first(struct settling *settling)
{
    for (size_t i = 1; i < settling->count; ++i)
        for (size_t j = i; j > 0 && settling->parts[j].reference && !settling->parts[j - 1].reference; --j) {
            struct part part = settling->parts[j];
            settling->parts[j] = settling->parts[j - 1];
            settling->parts[j - 1] = part;
        }
}

/* Something shared can be chosen from only once its leader is. */
static bool is_led(const struct settling *settling, const struct part *part)
{
    const struct demo_reference *leader = settling->parts[0].reference;
    return part->reference && part->reference->shared_count > 0 && part->reference->leader == leader;
}

/* Can the parts be digits of one number? */
static bool can_be_counted(const struct settling *settling)
{
    for (size_t i = 0; i < settling->count; ++i) {
        const struct part *part = &settling->parts[i];
        if (part->choice->mode != MODE_FREE || part->size == 0)
            return false;
        if (part->reference && (part->reference->to == settling->table ||
                                (part->reference->shared_count > 0 && (i == 0 || !is_led(settling, part)))))
            return false;
    }
    return true;
}

/* How many combinations each member leaves: of what is shared, as many as agree with the member. */
static uint64_t room_of(const struct settling *settling, struct demo_key *key, uint64_t member)
{
    const struct demo_reference *leader = settling->parts[0].reference;
    uint64_t room = 1,
             number = settling->parts[0].choice->skip + demo_permute(key->base + 1, member, key->sizes[0]),
             found;
    uint64_t row = leader->narrowed ? leader->admitted[number] : number;
    for (size_t i = 1; i < settling->count; ++i) {
        const struct demo_reference *reference = settling->parts[i].reference;
        size_t columns[DEMO_KEY_MOST];
        if (!reference || reference->shared_count == 0) {
            room = multiply(room, key->sizes[i]);
            continue;
        }
        for (size_t j = 0; j < reference->shared_count; ++j)
            columns[j] = leader->reference->referenced[settling->table->columns[reference->shared[j]].place];
        if (!demo_index_key(leader->to, reference->shared_count, columns, row, &found))
            return 0;
        room = multiply(room, demo_index_find(reference->index, found).count);
    }
    return room;
}

/* Shares as in a block, cut to what there is room for; what is left over goes to the others. */
static uint64_t share_by_room(struct demo_key *key, uint64_t *counts, const uint64_t *rooms, uint64_t rows)
{
    uint64_t given = 0, members = key->sizes[0];
    for (uint64_t each = rows / members + 1; given < rows; each *= 2) {
        bool full = true;
        for (uint64_t i = 0; i < members && given < rows; ++i) {
            uint64_t share = each / (1 + demo_scale(demo_draw(key->base, i), DEMO_BLOCK)) + 1;
            uint64_t most = rooms[i] < share ? rooms[i] : share,
                     more = most > counts[i] ? most - counts[i] : 0;
            more = more < rows - given ? more : rows - given;
            counts[i] += more;
            given += more;
            full = full && counts[i] == rooms[i];
        }
        if (full)
            break;
    }
    return given;
}

static void settle_by_room(struct settling *settling, struct demo_key *key)
{
    uint64_t members = key->sizes[0], start = 0;
    uint64_t *rooms = memory_alloc(2 * members * sizeof *rooms), *counts = rooms + members;
    uint64_t *starts = arena_alloc(settling->plan->arena, (members + 1) * sizeof *starts);
    for (uint64_t i = 0; i < members; ++i) {
        rooms[i] = room_of(settling, key, i);
        counts[i] = 0;
    }
    lessen(settling, share_by_room(key, counts, rooms, settling->table->rows),
           "its key has no more combinations");
    for (uint64_t i = 0; i < members; ++i) {
        starts[i] = start;
        start += counts[i];
    }
    starts[members] = start;
    key->starts = starts;
    free(rooms);
}

/* In the key of a row the parts are the digits. */
static bool settle_together(struct settling *settling)
{
    struct demo_key *key = ARENA_NEW(settling->plan->arena, struct demo_key);
    put_references_first(settling);
    if (!can_be_counted(settling))
        return false;
    key->base = demo_mix(settling->parts[0].choice->base + 2);
    key->count = settling->count;
    key->rest = 1;
    bool leads = settling->parts[0].reference != NULL, by_room = false;
    for (size_t i = 0; i < settling->count; ++i) {
        const struct part *part = &settling->parts[i];
        key->sizes[i] = part->size;
        key->references[i] = part->reference;
        by_room = by_room || (part->reference && part->reference->shared_count > 0);
        if (i > 0 || !leads)
            key->rest = multiply(key->rest, part->size);
    }
    const struct part *last = &settling->parts[settling->count - 1];
    key->counted = settling->count == 2 && last->column && last->column->generator->form == FORM_NUMBER;
    if (by_room) {
        settle_by_room(settling, key);
    } else {
        lessen(settling, multiply(leads ? settling->parts[0].size : 1, key->rest),
               "its key has no more combinations");
        if (leads)
            group(settling, key);
    }
    for (size_t i = 0; i < settling->count; ++i) {
        struct part *part = &settling->parts[i];
        part->choice->mode = MODE_KEYED;
        part->choice->key = key;
        part->choice->digit = i;
        if (part->column)
            take_for_itself(part->column);
    }
    forbid_null(settling);
    return true;
}

static bool has_column_part(const struct settling *settling)
{
    for (size_t i = 0; i < settling->count; ++i)
        if (settling->parts[i].column)
            return true;
    return false;
}

/* The reference to the table itself; NULL: the key has none. */
static struct part *own_part(struct settling *settling)
{
    for (size_t i = 0; i < settling->count; ++i)
        if (settling->parts[i].reference && settling->parts[i].reference->to == settling->table)
            return &settling->parts[i];
    return NULL;
}

/* What does not help to tell rows apart is left as it is, for the others are different in all rows. */
static void keep_parts(struct settling *settling)
{
    size_t count = 0;
    for (size_t i = 0; i < settling->count; ++i) {
        const struct part *part = &settling->parts[i];
        bool own = part->reference && part->reference->to == settling->table;
        if (part->column || (part->whole && !own))
            settling->parts[count++] = *part;
    }
    settling->count = count;
}

/* One of the columns alone: whole numbers count up, texts get a number. */
static bool settle_a_column(struct settling *settling)
{
    for (int numbers = 1; numbers >= 0; --numbers)
        for (size_t i = 0; i < settling->count; ++i) {
            struct part *part = &settling->parts[i];
            if (!part->column || part->choice->mode != MODE_FREE ||
                (part->column->type.class == DEMO_INTEGER) != numbers)
                continue;
            settle_column(settling, part, true);
            part->column->optional = false;
            return true;
        }
    return false;
}

static bool settle_several(struct settling *settling)
{
    struct part *own = own_part(settling);
    if (own && !has_column_part(settling)) {
        own->choice->mode = MODE_PREVIOUS; /* a row that has one row behind it at most */
        return true;
    }
    keep_parts(settling);
    if (settling->count == 0)
        return false;
    if (settling->count == 1 && settling->parts[0].column)
        return settle_a_column(settling);
    return settle_by_one(settling) || settle_together(settling) || settle_a_column(settling);
}

/*
 * A key of some rows only that has a reference, as "one address of a customer is the usual one": the first
 * rows have one of what they refer to each, and those behind are none that the key is about.
 */
static bool settle_some_rows(struct settling *settling, const struct demo_unique *unique)
{
    for (size_t i = 0; i < settling->count; ++i) {
        struct part *part = &settling->parts[i];
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
static bool settle_key(struct settling *settling, const struct demo_unique *unique)
{
    const struct seed_key *key = &unique->key;
    if (!gather(settling, key) || settling->count == 0)
        return true;
    if (unique->where && settle_some_rows(settling, unique))
        return true;
    if (key->primary)
        forbid_null(settling);
    for (size_t i = 0; i < settling->count; ++i)
        if (is_unique_alone(&settling->parts[i]) && settling->parts[i].whole && settling->count > 1)
            return true;
    if (settling->count > 1)
        return settle_several(settling);
    struct part *part = &settling->parts[0];
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
    struct settling settling = {.plan = plan, .table = table};
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
