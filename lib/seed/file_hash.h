/*
 * Has a file changed? A hash of 128 bits that is as fast as memory, for files of any size: SHA-1 would cost a third of the loading
 * of a large one. It tells changes, and protects against nobody.
 */
#ifndef SEED_FILE_HASH_H
#define SEED_FILE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { FILE_HASH_LENGTH = 32 };

struct file_hash {
    uint64_t lanes[2];
    uint64_t length; /* of all bytes so far */
    unsigned char rest[8];
    size_t rest_length;
};

void file_hash_start(struct file_hash *hash);
void file_hash_add(struct file_hash *hash, const char *bytes, size_t length);
void file_hash_finish(struct file_hash *hash, char ret_hex[FILE_HASH_LENGTH + 1]);

#endif
