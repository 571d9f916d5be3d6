#include "seed/capture_file.h"

#include "base/error.h"
#include "seed/csv_writer.h"
#include "seed/input.h"
#include "seed/reader.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool failed(const char *path, const char *what, dun_error *error)
{
    int number = errno;
    error_set(error, DUN_FAILED, "cannot %s: %s", what, strerror(number));
    error_at(error, path, 0, 0);
    return false;
}

/* Rows that nothing tells apart would come once more with each load. */
static bool begin_comments(struct capture_file *file)
{
    if (file->format.mode == DUN_SEED_IF_EMPTY)
        fputs("# dunlin: mode=if-empty\n", file->out);
    return true;
}

/* Copies the comments of the file that is there, and follows what they say. */
static bool keep_comments(struct arena *arena, struct capture_file *file, dun_error *error)
{
    struct stat status;
    struct seed_reader reader = {.arena = arena, .format = file->format};
    if (stat(file->path, &status) != 0)
        return begin_comments(file);
    if (!seed_input_open(&reader.input, file->path, error))
        return false;
    bool good = seed_input_skip_mark(&reader.input, error);
    const struct seed_input *input = &reader.input;
    while (good && (good = seed_input_fill(&reader.input, error)) && input->start < input->end &&
           input->data[input->start] == '#') {
        const char *line = input->data + input->start;
        const char *end = memchr(line, '\n', input->end - input->start);
        size_t length = end ? (size_t)(end - line) + 1 : input->end - input->start, offset;
        fwrite(line, 1, length, file->out);
        good = seed_format_read_comment(arena, &reader.format, line, length - (end != NULL), &offset, error);
        seed_input_pass(&reader.input, input->start + length);
    }
    file->format = reader.format;
    seed_input_close(&reader.input);
    return good;
}

bool capture_file_open(struct arena *arena, const char *folder, const char *name, enum dun_seed_mode mode,
                       struct capture_file *ret_file, dun_error *error)
{
    *ret_file = (struct capture_file){.format = seed_format_default(false)};
    ret_file->format.mode = mode;
    ret_file->path = arena_printf(arena, "%s/%s.csv", folder, name);
    ret_file->other = arena_printf(arena, "%s/.%s.csv.new", folder, name);
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return failed(folder, "make the folder", error);
    ret_file->out = fopen(ret_file->other, "we");
    if (!ret_file->out)
        return failed(ret_file->other, "write the file", error);
    return keep_comments(arena, ret_file, error);
}

bool capture_file_write(struct capture_file *file, size_t count, const struct row_value *values,
                        dun_error *error)
{
    str_clear(&file->record);
    if (!csv_append_record(&file->record, &file->format, count, values)) {
        error_set(error, DUN_FAILED,
                  "a value needs quotes, and the comment at the top of the file says quote=none");
        error_at(error, file->path, 0, 0);
        return false;
    }
    if (fwrite(file->record.data, 1, file->record.length, file->out) == file->record.length)
        return true;
    return failed(file->other, "write the file", error);
}

static bool is_same(const char *one, const char *other)
{
    char checksums[2][FILE_HASH_LENGTH + 1];
    struct stat status[2];
    return stat(one, &status[0]) == 0 && stat(other, &status[1]) == 0 &&
           status[0].st_size == status[1].st_size && seed_input_checksum(one, checksums[0], NULL) &&
           seed_input_checksum(other, checksums[1], NULL) && strcmp(checksums[0], checksums[1]) == 0;
}

bool capture_file_finish(struct capture_file *file, bool *ret_changed, dun_error *error)
{
    FILE *out = file->out;
    file->out = NULL;
    if (fclose(out) != 0) {
        failed(file->other, "write the file", error);
        unlink(file->other);
        return false;
    }
    *ret_changed = !is_same(file->path, file->other);
    if (!*ret_changed) {
        unlink(file->other);
        return true;
    }
    return rename(file->other, file->path) == 0 || failed(file->path, "put the file in its place", error);
}

void capture_file_close(struct capture_file *file)
{
    if (file->out) {
        fclose(file->out);
        unlink(file->other);
    }
    file->out = NULL;
    str_free(&file->record);
}
