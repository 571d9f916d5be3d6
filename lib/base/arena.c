#include "base/arena.h"

#include "base/memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_MALLOC_EACH 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define ARENA_MALLOC_EACH 1
#endif
#endif
#ifndef ARENA_MALLOC_EACH
#define ARENA_MALLOC_EACH 0
#endif

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1024 * 1024 };

struct block {
    struct block *next;
    size_t size, used;
    _Alignas(max_align_t) unsigned char data[];
};

struct arena {
    struct block *blocks; /* the newest first */
    size_t next_size;
    size_t total;
};

struct arena *arena_new(void)
{
    struct arena *arena = memory_alloc(sizeof *arena);
    arena->next_size = FIRST_BLOCK;
    return arena;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    for (struct block *block = arena->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    free(arena);
}

static struct block *add_block(struct arena *arena, size_t size)
{
    struct block *block = memory_alloc(sizeof *block + size);
    block->size = size;
    arena->total += sizeof *block + size;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    if (size > SIZE_MAX / 2)
        memory_multiply(size, 4);
    size_t rounded = ARENA_MALLOC_EACH ? size : (size + align - 1) / align * align;

    struct block *block = arena->blocks;
    if (!ARENA_MALLOC_EACH && block && block->size - block->used >= rounded) {
        void *memory = block->data + block->used;
        block->used += rounded;
        return memory;
    }

    /* A large object gets a block of its own behind the newest, whose rest stays in use. */
    bool apart = ARENA_MALLOC_EACH || rounded > arena->next_size / 4;
    block = add_block(arena, apart ? rounded : arena->next_size);
    block->used = rounded;
    if (apart && arena->blocks) {
        block->next = arena->blocks->next;
        arena->blocks->next = block;
    } else {
        block->next = arena->blocks;
        arena->blocks = block;
    }
    if (!apart && arena->next_size < LARGEST_BLOCK)
        arena->next_size *= 2;
    return block->data;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);
    if (length)
        memcpy(copy, text, length);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return text ? arena_strndup(arena, text, strlen(text)) : NULL;
}

const char *const *arena_copy_texts(struct arena *arena, const char *const *texts)
{
    size_t count = 0;
    while (texts && texts[count])
        ++count;
    const char **copies = arena_alloc(arena, (count + 1) * sizeof *copies);
    for (size_t i = 0; i < count; ++i)
        copies[i] = arena_strdup(arena, texts[i]);
    return copies;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *text = arena_alloc(arena, (size_t)(length < 0 ? 0 : length) + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}

size_t arena_size(const struct arena *arena)
{
    return arena->total;
}
