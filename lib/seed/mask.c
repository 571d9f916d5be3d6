#include "seed/mask.h"

#include "base/checksum.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Numbers that follow from a value. */
struct dice {
    uint64_t state;
};

static struct dice dice_of(const char *text, size_t length)
{
    struct checksum checksum;
    char hex[CHECKSUM_LENGTH + 1];
    checksum_start(&checksum);
    checksum_add(&checksum, "dunlin mask ", 12);
    checksum_add(&checksum, text, length);
    checksum_finish(&checksum, hex);
    hex[16] = '\0';
    return (struct dice){strtoull(hex, NULL, 16)};
}

/* SplitMix64. */
static unsigned throw_dice(struct dice *dice, unsigned sides)
{
    uint64_t z = dice->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (unsigned)((z ^ (z >> 31)) % sides);
}

static char letter(struct dice *dice, char first)
{
    return (char)(first + (char)throw_dice(dice, 26));
}

/*
 * A digit stays a digit, a letter a letter of its case; the rest stays, but letters of other alphabets become
 * ours.
 */
static void append_form(struct str *to, struct dice *dice, const char *text, size_t length)
{
    bool leading = true;
    for (size_t i = 0; i < length; ++i) {
        unsigned char c = (unsigned char)text[i];
        if (c >= '0' && c <= '9') {
            str_append_char(to, leading && c != '0' ? (char)('1' + throw_dice(dice, 9))
                                                    : (char)('0' + throw_dice(dice, 10)));
            leading = false;
        } else if (c >= 'a' && c <= 'z') {
            str_append_char(to, letter(dice, 'a'));
        } else if (c >= 'A' && c <= 'Z') {
            str_append_char(to, letter(dice, 'A'));
        } else if (c >= 0xC0) {
            str_append_char(to, letter(dice, 'a'));
        } else if (c < 0x80) {
            str_append_char(to, (char)c);
        }
    }
}

/* The part before the @, and a domain that belongs to nobody; only where that is not longer. */
static void append_email(struct str *to, struct dice *dice, const char *text, size_t length, const char *at)
{
    static const char domain[] = "@example.com";
    size_t local = (size_t)(at - text);
    append_form(to, dice, text, local);
    if (length - local >= sizeof domain - 1)
        str_append(to, domain);
    else
        append_form(to, dice, at, length - local);
}

static void append_hexadecimal(struct str *to, struct dice *dice, const char *text, size_t length)
{
    for (size_t i = 0; i < length; ++i)
        str_append_char(to, text[i] == '-' ? '-' : "0123456789abcdef"[throw_dice(dice, 16)]);
}

/* "2024-01-31...": the year and the time of day stay. */
static bool append_date(struct str *to, struct dice *dice, const char *text, size_t length)
{
    enum { DATE_LENGTH = 10 };
    if (length < DATE_LENGTH || text[4] != '-' || text[7] != '-')
        return false;
    unsigned month = 1 + throw_dice(dice, 12), day = 1 + throw_dice(dice, 28);
    str_printf(to, "%.4s-%02u-%02u", text, month, day);
    str_append_n(to, text + DATE_LENGTH, length - DATE_LENGTH);
    return true;
}

static bool begins(const char *type, const char *word)
{
    return strncasecmp(type, word, strlen(word)) == 0;
}

bool seed_mask_append(struct str *to, const char *type, const char *text, size_t length)
{
    static const char *const others[] = {"json", "bool", "byte", "blob",     "bit",   "enum", "set",
                                         "xml",  "inet", "cidr", "interval", "time ", "point"};
    struct dice dice = dice_of(text, length);
    const char *at = memchr(text, '@', length);
    for (size_t i = 0; i < sizeof others / sizeof *others; ++i)
        if (begins(type, others[i]))
            return false;
    if (begins(type, "date") || begins(type, "timestamp"))
        return append_date(to, &dice, text, length);
    if (begins(type, "uuid"))
        append_hexadecimal(to, &dice, text, length);
    else if (at)
        append_email(to, &dice, text, length, at);
    else
        append_form(to, &dice, text, length);
    return true;
}
