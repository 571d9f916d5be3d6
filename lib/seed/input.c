#include "seed/input.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/str.h"
#include "sql/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { FIRST_CAPACITY = 256 * 1024 };

static bool cannot_read(const char *file, const char *cause, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "cannot read the file: %s", cause);
    error_at(error, file, 0, 0);
    return false;
}

bool seed_input_is_compressed(const char *file)
{
    size_t length = strlen(file);
    return length > 3 && strcmp(file + length - 3, ".gz") == 0;
}

static void start_empty(struct seed_input *input, const char *file)
{
    *input = (struct seed_input){.file = file, .descriptor = -1, .line = 1, .capacity = FIRST_CAPACITY};
    input->data = memory_alloc(input->capacity + 1);
    file_hash_start(&input->hash);
}

bool seed_input_open(struct seed_input *input, const char *file, dun_error *error)
{
    struct stat status;
    int descriptor = open(file, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return cannot_read(file, strerror(errno), error);
    if (fstat(descriptor, &status) != 0 || S_ISDIR(status.st_mode)) {
        close(descriptor);
        return cannot_read(file, "it is a folder", error);
    }
    start_empty(input, file);
    if (!seed_input_is_compressed(file)) {
        input->descriptor = descriptor;
        return true;
    }
    input->gzip = gzdopen(descriptor, "rb");
    if (input->gzip)
        return true;
    close(descriptor);
    seed_input_close(input);
    return cannot_read(file, "zlib could not be started", error);
}

void seed_input_of_text(struct seed_input *input, const char *file, const char *text, size_t length)
{
    start_empty(input, file);
    if (length > input->capacity) {
        input->capacity = length;
        input->data = memory_realloc(input->data, length + 1);
    }
    memcpy(input->data, text, length);
    input->data[length] = '\0';
    input->end = length;
    input->ended = true;
}

void seed_input_close(struct seed_input *input)
{
    if (input->gzip)
        gzclose_r(input->gzip);
    if (input->descriptor >= 0)
        close(input->descriptor);
    free(input->data);
    *input = (struct seed_input){.descriptor = -1};
}

static bool gzip_failed(const struct seed_input *input, dun_error *error)
{
    int number = Z_OK;
    const char *message = gzerror(input->gzip, &number), *name_end = strstr(message, ">: ");
    message =
        strncmp(message, "<fd:", 4) == 0 && name_end ? name_end + 3 : message; /* zlib's name of the file */
    return cannot_read(input->file, number == Z_ERRNO ? strerror(errno) : message, error);
}

/* -1: failure. A file that ends in the middle of compressed data is told only when it is asked for. */
static ssize_t read_compressed(struct seed_input *input, char *to, size_t room, dun_error *error)
{
    int got = gzread(input->gzip, to, (unsigned)room), number = Z_OK;
    if (got == 0)
        gzerror(input->gzip, &number);
    if (got < 0 || (number != Z_OK && number != Z_STREAM_END)) {
        gzip_failed(input, error);
        return -1;
    }
    z_off_t offset = gzoffset(input->gzip);
    input->taken = offset > 0 ? (uint64_t)offset : input->taken;
    return got;
}

static ssize_t read_plain(struct seed_input *input, char *to, size_t room, dun_error *error)
{
    ssize_t got;
    do
        got = read(input->descriptor, to, room);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        cannot_read(input->file, strerror(errno), error);
    else
        input->taken += (uint64_t)got;
    return got;
}

static void make_room(struct seed_input *input)
{
    size_t kept = input->end - input->start;
    if (input->start > 0) {
        memmove(input->data, input->data + input->start, kept);
        input->start = 0;
        input->end = kept;
    } else if (kept == input->capacity) {
        input->capacity = memory_multiply(input->capacity, 2);
        input->data = memory_realloc(input->data, input->capacity + 1);
    }
}

bool seed_input_more(struct seed_input *input, dun_error *error)
{
    if (input->ended)
        return true;
    make_room(input);
    char *to = input->data + input->end;
    size_t room = input->capacity - input->end;
    ssize_t got = input->gzip ? read_compressed(input, to, room, error) : read_plain(input, to, room, error);
    if (got < 0)
        return false;
    file_hash_add(&input->hash, to, (size_t)got);
    input->end += (size_t)got;
    input->data[input->end] = '\0';
    input->ended = got == 0;
    return true;
}

bool seed_input_fill(struct seed_input *input, dun_error *error)
{
    while (input->start == input->end && !input->ended)
        if (!seed_input_more(input, error))
            return false;
    return true;
}

bool seed_input_skip_mark(struct seed_input *input, dun_error *error)
{
    static const char mark[] = "\xEF\xBB\xBF";
    while (input->end - input->start < sizeof mark - 1 && !input->ended)
        if (!seed_input_more(input, error))
            return false;
    if (input->end - input->start >= sizeof mark - 1 &&
        memcmp(input->data + input->start, mark, sizeof mark - 1) == 0)
        input->start += sizeof mark - 1;
    return true;
}

static unsigned count_lines(const char *text, size_t length)
{
    unsigned lines = 0;
    const char *end = text + length;
    while (text < end && (text = memchr(text, '\n', (size_t)(end - text)))) {
        ++lines;
        ++text;
    }
    return lines;
}

void seed_input_pass(struct seed_input *input, size_t offset)
{
    const char *start = input->data + input->start, *end = input->data + offset, *line = end;
    unsigned lines = count_lines(start, offset - input->start);
    while (line > start && line[-1] != '\n')
        --line;
    input->line += lines;
    input->column = (lines ? 0 : input->column) + (unsigned)utf8_count(line, (size_t)(end - line));
    input->start = offset;
}

bool seed_input_fail(const struct seed_input *input, size_t offset, dun_error *error, const char *format, ...)
{
    struct str message = STR_INIT;
    va_list arguments;
    va_start(arguments, format);
    str_vprintf(&message, format, arguments);
    va_end(arguments);
    error_set(error, DUN_BAD_INPUT, "%s", str_text(&message));
    str_free(&message);

    size_t line = offset; /* where its line begins */
    while (line > input->start && input->data[line - 1] != '\n')
        --line;
    const char *end = memchr(input->data + line, '\n', input->end - line);
    size_t length = (size_t)((end ? end : input->data + input->end) - (input->data + line));
    unsigned before = (unsigned)utf8_count(input->data + line, offset - line);
    unsigned hidden = line == input->start ? input->column : 0; /* of the line, no longer at hand */
    error_at(error, input->file, input->line + count_lines(input->data + input->start, line - input->start),
             hidden + before + 1);
    if (!hidden && utf8_check(input->data + line, length) == length)
        error_excerpt(error, input->data + line, length, before);
    return false;
}

bool seed_input_check_text(const struct seed_input *input, size_t start, size_t end, dun_error *error)
{
    size_t good = utf8_check(input->data + start, end - start);
    if (good == end - start)
        return true;
    unsigned char byte = (unsigned char)input->data[start + good];
    if (byte == 0)
        return seed_input_fail(input, start + good, error, "a NUL byte, which no text may contain");
    seed_input_fail(input, start + good, error, "byte 0x%02X is not UTF-8", byte);
    error_hint(error, "save the file as UTF-8, or convert it: iconv -f latin1 -t utf-8");
    return false;
}

bool seed_input_finish(struct seed_input *input, char ret_hex[FILE_HASH_LENGTH + 1], dun_error *error)
{
    while (!input->ended) {
        input->start = input->end;
        if (!seed_input_more(input, error))
            return false;
    }
    file_hash_finish(&input->hash, ret_hex);
    return true;
}

bool seed_input_checksum(const char *file, char ret_hex[FILE_HASH_LENGTH + 1], dun_error *error)
{
    struct seed_input input;
    if (!seed_input_open(&input, file, error))
        return false;
    bool good = seed_input_finish(&input, ret_hex, error);
    seed_input_close(&input);
    return good;
}
