#include "base/checksum.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

void checksum_start(struct checksum *checksum)
{
    SHA1Init(&checksum->context);
}

void checksum_add(struct checksum *checksum, const char *bytes, size_t length)
{
    SHA1Update(&checksum->context, (const uint8_t *)bytes, length);
}

void checksum_finish(struct checksum *checksum, char ret_hex[CHECKSUM_LENGTH + 1])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA1_DIGEST_LENGTH];
    SHA1Final(digest, &checksum->context);
    for (size_t i = 0; i < SHA1_DIGEST_LENGTH; ++i) {
        ret_hex[2 * i] = digits[digest[i] >> 4];
        ret_hex[2 * i + 1] = digits[digest[i] & 15];
    }
    ret_hex[CHECKSUM_LENGTH] = '\0';
}

/* The next CR of a CRLF pair, or the end. */
static const char *next_crlf(const char *text, const char *end)
{
    while (text < end) {
        const char *cr = memchr(text, '\r', (size_t)(end - text));
        if (!cr)
            return end;
        if (cr + 1 < end && cr[1] == '\n')
            return cr;
        text = cr + 1;
    }
    return end;
}

void checksum_blob(const char *text, size_t length, char ret_hex[CHECKSUM_LENGTH + 1])
{
    const char *end = text + length;
    size_t pairs = 0;
    for (const char *at = next_crlf(text, end); at < end; at = next_crlf(at + 1, end))
        ++pairs;

    struct checksum checksum;
    checksum_start(&checksum);
    char header[40];
    int header_length = snprintf(header, sizeof header, "blob %zu", length - pairs);
    checksum_add(&checksum, header, (size_t)header_length + 1);
    for (const char *at = text; at < end;) {
        const char *cr = next_crlf(at, end);
        checksum_add(&checksum, at, (size_t)(cr - at));
        at = cr < end ? cr + 1 : end;
    }
    checksum_finish(&checksum, ret_hex);
}
