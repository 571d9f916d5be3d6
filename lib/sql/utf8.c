#include "sql/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static bool continues(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

size_t utf8_character(const char *text, size_t length)
{
    const unsigned char *at = (const unsigned char *)text;
    if (at[0] < 0x80)
        return 1;
    if (at[0] < 0xC2 || at[0] > 0xF4 || length < 2 || !continues(at[1]))
        return 0;
    if (at[0] < 0xE0)
        return 2;
    if (length < 3 || !continues(at[2]))
        return 0;
    if (at[0] < 0xF0) {
        bool overlong = at[0] == 0xE0 && at[1] < 0xA0;
        bool surrogate = at[0] == 0xED && at[1] > 0x9F;
        return overlong || surrogate ? 0 : 3;
    }
    if (length < 4 || !continues(at[3]))
        return 0;
    bool overlong = at[0] == 0xF0 && at[1] < 0x90;
    bool too_large = at[0] == 0xF4 && at[1] > 0x8F;
    return overlong || too_large ? 0 : 4;
}

/* How many bytes from `text` on are ASCII without NUL, in steps of eight. */
static size_t plain_ascii(const char *text, size_t length)
{
    const uint64_t high = UINT64_C(0x8080808080808080), ones = UINT64_C(0x0101010101010101);
    size_t passed = 0;
    for (; length - passed >= 8; passed += 8) {
        uint64_t eight;
        memcpy(&eight, text + passed, sizeof eight);
        if ((eight | (eight - ones)) & high)
            break;
    }
    return passed;
}

size_t utf8_check(const char *text, size_t length)
{
    size_t offset = 0;
    while (offset < length) {
        if ((unsigned char)text[offset] < 0x80) {
            offset += plain_ascii(text + offset, length - offset);
            size_t until = length - offset < 8 ? length : offset + 8;
            for (; offset < until && (unsigned char)text[offset] < 0x80; ++offset)
                if (text[offset] == '\0')
                    return offset;
            continue;
        }
        size_t bytes = utf8_character(text + offset, length - offset);
        if (bytes == 0)
            return offset;
        offset += bytes;
    }
    return length;
}

size_t utf8_count(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; ++i)
        count += !continues((unsigned char)text[i]);
    return count;
}
