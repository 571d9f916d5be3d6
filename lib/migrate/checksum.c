#include "migrate/checksum.h"

#include <stdio.h>
#include <string.h>

static void to_hex(SHA1_CTX *context, char ret_hex[CHECKSUM_LENGTH + 1])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA1_DIGEST_LENGTH];
    SHA1Final(digest, context);
    for (size_t i = 0; i < SHA1_DIGEST_LENGTH; ++i) {
        ret_hex[2 * i] = digits[digest[i] >> 4];
        ret_hex[2 * i + 1] = digits[digest[i] & 15];
    }
    ret_hex[CHECKSUM_LENGTH] = '\0';
}

static void update(SHA1_CTX *context, const char *text, size_t length)
{
    SHA1Update(context, (const uint8_t *)text, length);
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

    SHA1_CTX context;
    SHA1Init(&context);
    char header[40];
    int header_length = snprintf(header, sizeof header, "blob %zu", length - pairs);
    update(&context, header, (size_t)header_length + 1);
    for (const char *at = text; at < end;) {
        const char *cr = next_crlf(at, end);
        update(&context, at, (size_t)(cr - at));
        at = cr < end ? cr + 1 : end;
    }
    to_hex(&context, ret_hex);
}

void checksum_progress_start(struct checksum_progress *progress)
{
    SHA1Init(&progress->context);
    progress->count = 0;
}

void checksum_progress_to(struct checksum_progress *progress, const struct sql_script *script, size_t count,
                          char ret_hex[CHECKSUM_LENGTH + 1])
{
    for (; progress->count < count && progress->count < script->count; ++progress->count) {
        const struct sql_statement *statement = &script->statements[progress->count];
        update(&progress->context, statement->text, statement->length);
        if (statement->copy_data)
            update(&progress->context, statement->copy_data, statement->copy_length);
        update(&progress->context, ";", 2);
    }
    SHA1_CTX so_far = progress->context;
    to_hex(&so_far, ret_hex);
}

void checksum_statements(const struct sql_script *script, size_t count, char ret_hex[CHECKSUM_LENGTH + 1])
{
    struct checksum_progress progress;
    checksum_progress_start(&progress);
    checksum_progress_to(&progress, script, count, ret_hex);
}
