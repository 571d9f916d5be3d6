/* Checksums of texts: what was applied, and whether definitions changed. SHA-1, as git names blobs; no secret
 * depends on it. */
#ifndef BASE_CHECKSUM_H
#define BASE_CHECKSUM_H

#include <stddef.h>
#include <sys/types.h>

#include <sha1.h>

enum { CHECKSUM_LENGTH = 40 };

struct checksum {
    SHA1_CTX context;
};

void checksum_start(struct checksum *checksum);
void checksum_add(struct checksum *checksum, const char *bytes, size_t length);
void checksum_finish(struct checksum *checksum, char ret_hex[CHECKSUM_LENGTH + 1]);

/* The id git gives the text as a blob, once its line ends are LF: `git cat-file blob ID` shows what was
 * applied. */
void checksum_blob(const char *text, size_t length, char ret_hex[CHECKSUM_LENGTH + 1]);

#endif
