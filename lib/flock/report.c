/* A flock as people and programs read it. */
#include "report/report.h"
#include "base/str.h"
#include "flock/flock.h"
#include "report/table.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_WORD = 11, LONGEST_DURATION = 8, LONGEST_NOTE = 24, SHORTEST_NAME = 16 };
enum { OUTCOMES = DUN_FLOCK_INTERRUPTED + 1 };

static const char *word_of(const dun_flock *flock, enum dun_flock_outcome outcome)
{
    switch (outcome) {
    case DUN_FLOCK_SKIPPED:
        return "skipped";
    case DUN_FLOCK_RUNNING:
        return "running";
    case DUN_FLOCK_DONE:
        return "done";
    case DUN_FLOCK_DIFFERS:
        return flock->differs;
    case DUN_FLOCK_FAILED:
        return "failed";
    case DUN_FLOCK_INTERRUPTED:
        return "interrupted";
    }
    return "unknown";
}

static enum report_paint paint_of(enum dun_flock_outcome outcome)
{
    switch (outcome) {
    case DUN_FLOCK_DONE:
        return REPORT_GOOD;
    case DUN_FLOCK_DIFFERS:
    case DUN_FLOCK_SKIPPED:
    case DUN_FLOCK_RUNNING:
        return REPORT_CAUTION;
    case DUN_FLOCK_FAILED:
    case DUN_FLOCK_INTERRUPTED:
        break;
    }
    return REPORT_BAD;
}

/* Lines are written one by one, so their columns are as wide as the widest that may come. */
static void append_padded(struct str *out, const char *text, size_t width)
{
    size_t used = report_width(text);
    report_append(out, text);
    str_printf(out, "%*s", used < width ? (int)(width - used) : 0, "");
}

static void append_word(struct str *out, const dun_flock *flock, enum dun_flock_outcome outcome, bool color)
{
    report_paint(out, color, paint_of(outcome));
    append_padded(out, word_of(flock, outcome), LONGEST_WORD);
    report_unpaint(out, color, paint_of(outcome));
}

/* How much of a line there is for the name and the note. On a terminal a name may take no more than leaves
 * room for the notes of all, so that these stand below each other. */
struct room {
    size_t name, note;
};

static struct room room_in(const dun_flock *flock, const dun_report_options *options, size_t rest)
{
    size_t columns = options ? options->columns : 0, least = rest + SHORTEST_NAME + LONGEST_NOTE;
    struct room room = {.name = flock->name_width, .note = SIZE_MAX};
    if (!columns)
        return room;
    size_t most = columns > least ? columns - rest - LONGEST_NOTE : SHORTEST_NAME;
    if (room.name > most)
        room.name = most;
    room.note = columns > rest + room.name ? columns - rest - room.name : 0;
    return room;
}

char *dun_flock_line(const dun_flock *flock, const dun_flock_target *target,
                     const dun_report_options *options)
{
    struct str out = STR_INIT;
    struct arena *arena = arena_new();
    bool color = options && options->color, skipped = target->outcome == DUN_FLOCK_SKIPPED;
    const char *note = target->note ? target->note : "";
    const struct room room = room_in(flock, options, LONGEST_WORD + 6 + LONGEST_DURATION);
    append_word(&out, flock, target->outcome, color);
    str_append(&out, "  ");
    /* Names differ at their ends. */
    append_padded(&out, report_cut_front(arena, target->name, room.name), *note || !skipped ? room.name : 0);
    str_append(&out, *note || !skipped ? "  " : "");
    report_append(&out, report_cut(arena, note, room.note));
    if (!skipped) {
        str_append(&out, *note ? "  " : "");
        report_paint(&out, color, REPORT_FAINT);
        report_duration(&out, target->elapsed_ms);
        report_unpaint(&out, color, REPORT_FAINT);
    }
    str_append_char(&out, '\n');
    arena_free(arena);
    return str_take(&out);
}

static void add_total(struct table *table, const char *word, size_t count, enum report_paint paint)
{
    struct str number = STR_INIT;
    str_printf(&number, "%zu", count);
    const char *cells[] = {word, str_text(&number)};
    const enum report_paint paints[] = {paint, REPORT_PLAIN};
    table_add(table, cells, paints);
    str_free(&number);
}

char *dun_flock_summary(const dun_flock *flock, const dun_report_options *options)
{
    static const struct table_column columns[] = {{"outcome", 0, false}, {"targets", 2, true}};
    static const enum dun_flock_outcome order[] = {DUN_FLOCK_DONE, DUN_FLOCK_DIFFERS, DUN_FLOCK_FAILED,
                                                   DUN_FLOCK_INTERRUPTED, DUN_FLOCK_SKIPPED};
    size_t counts[OUTCOMES] = {0};
    struct arena *arena = arena_new();
    struct table *table = table_new(arena, 2, columns);
    struct str out = STR_INIT;
    for (size_t i = 0; i < flock->count; ++i)
        counts[flock->targets[i].said.outcome]++;
    for (size_t i = 0; i < sizeof order / sizeof *order; ++i)
        if (counts[order[i]])
            add_total(table, word_of(flock, order[i]), counts[order[i]], paint_of(order[i]));
    add_total(table, "all", flock->count, REPORT_STRONG);
    table_write(table, options, &out);
    arena_free(arena);
    return str_take(&out);
}

/* An entry of the array: the lines of a document, indented. Line feeds in texts are escaped, so these are all
 * of JSON's. */
static void append_indented(struct str *out, const char *document)
{
    while (*document) {
        size_t length = strcspn(document, "\n");
        str_append(out, "  ");
        str_append_n(out, document, length);
        document += length + (document[length] == '\n');
        str_append(out, *document ? "\n" : "");
    }
}

char *dun_flock_json(const dun_flock *flock)
{
    struct str out = STR_INIT;
    str_append(&out, "[\n");
    for (size_t i = 0; i < flock->count; ++i) {
        const dun_flock_target *target = &flock->targets[i].said;
        const char *skipped = target->outcome == DUN_FLOCK_SKIPPED ? target->note : NULL;
        char *own = target->document ? NULL : json_of_target(target->name, skipped, target->error);
        append_indented(&out, own ? own : target->document);
        str_append(&out, i + 1 < flock->count ? ",\n" : "\n");
        free(own);
    }
    str_append(&out, "]\n");
    return str_take(&out);
}
