#include "seed/file_hash.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const uint64_t odd[2] = {UINT64_C(0x9E3779B97F4A7C15), UINT64_C(0xD6E8FEB86659FD93)};

void file_hash_start(struct file_hash *hash)
{
    *hash = (struct file_hash){.lanes = {odd[1], odd[0]}};
}

/* The same on every machine, since what it gives is kept in databases. */
static uint64_t read_word(const unsigned char *bytes)
{
    uint64_t word = 0;
    for (int i = 7; i >= 0; --i)
        word = word << 8 | bytes[i];
    return word;
}

/* Each lane is a permutation of its state for any word, so that a change of one word is never lost. */
static void mix(uint64_t lanes[2], uint64_t word)
{
    lanes[0] = (lanes[0] ^ word) * odd[0];
    lanes[0] ^= lanes[0] >> 32;
    lanes[1] = (lanes[1] + word) * odd[1];
    lanes[1] ^= lanes[1] >> 29;
}

void file_hash_add(struct file_hash *hash, const char *bytes, size_t length)
{
    const unsigned char *at = (const unsigned char *)bytes;
    hash->length += length;
    while (length > 0 && hash->rest_length > 0) {
        hash->rest[hash->rest_length++] = *at++;
        --length;
        if (hash->rest_length == sizeof hash->rest) {
            mix(hash->lanes, read_word(hash->rest));
            hash->rest_length = 0;
        }
    }
    uint64_t lanes[2] = {hash->lanes[0], hash->lanes[1]};
    for (; length >= 8; length -= 8, at += 8)
        mix(lanes, read_word(at));
    memcpy(hash->lanes, lanes, sizeof lanes);
    if (length > 0)
        memcpy(hash->rest + hash->rest_length, at, length);
    hash->rest_length += length;
}

void file_hash_finish(struct file_hash *hash, char ret_hex[FILE_HASH_LENGTH + 1])
{
    memset(hash->rest + hash->rest_length, 0, sizeof hash->rest - hash->rest_length);
    mix(hash->lanes, read_word(hash->rest));
    mix(hash->lanes, hash->length);
    for (int i = 0; i < 2; ++i) /* the last words reach all bits */
        mix(hash->lanes, odd[i]);
    snprintf(ret_hex, FILE_HASH_LENGTH + 1, "%016" PRIx64 "%016" PRIx64, hash->lanes[0], hash->lanes[1]);
}
