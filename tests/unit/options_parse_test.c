/* The command line: every option and command in every spelling, and what is wrong. */
#include "options.h"
#include "secrets.h"

#include <dunlin/migrate.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST_ARGUMENTS = 16 };

static struct options options;
static dun_error *error;

/* Parses a line that is split at single spaces; the words live until the next call. */
static bool parse(const char *line)
{
    static char text[400];
    static char *arguments[MOST_ARGUMENTS];
    int count = 0;
    assert_true(strlen(line) < sizeof text);
    memcpy(text, line, strlen(line) + 1);
    for (char *word = text; *line && word; ++count) {
        assert_true(count < MOST_ARGUMENTS);
        arguments[count] = word;
        word = strchr(word, ' ');
        if (word)
            *word++ = '\0';
    }
    dun_error_clear(error);
    return options_parse(&options, count, arguments, arguments, error);
}

static void expect_command(const char *line, enum command_id id)
{
    assert_true(parse(line));
    assert_ptr_equal(options.command, &command_table[id]);
}

static void expect_failure(const char *line, const char *message, const char *hint)
{
    assert_false(parse(line));
    assert_int_equal(dun_error_code(error), DUN_USAGE);
    assert_string_equal(dun_error_message(error), message);
    if (hint)
        assert_string_equal(dun_error_hint(error), hint);
    else
        assert_null(dun_error_hint(error));
}

static void commands(void **state)
{
    (void)state;
    expect_command("migrate up", COMMAND_MIGRATE_UP);
    expect_command("up", COMMAND_MIGRATE_UP);
    expect_command("migrate down", COMMAND_MIGRATE_DOWN);
    expect_command("down", COMMAND_MIGRATE_DOWN);
    expect_command("migrate status", COMMAND_MIGRATE_STATUS);
    expect_command("status", COMMAND_MIGRATE_STATUS);
    expect_command("migrate new a --empty", COMMAND_MIGRATE_NEW);
    expect_command("new a", COMMAND_MIGRATE_NEW);
    expect_command("new --empty a", COMMAND_MIGRATE_NEW);
    assert_string_equal(options.operands[0], "a");
    expect_command("migrate baseline 20240101", COMMAND_MIGRATE_BASELINE);
    assert_string_equal(options.operands[0], "20240101");
    expect_command("migrate resume --done", COMMAND_MIGRATE_RESUME);
    expect_command("-- up", COMMAND_MIGRATE_UP);
}

static void nothing_given(void **state)
{
    (void)state;
    assert_true(parse("up"));
    assert_int_equal(options.lock_timeout_ms, -1);
    assert_int_equal(options.wait_ms, -1);
    assert_int_equal(options.count, 0);
    assert_int_equal(options.allow, 0);
    assert_int_equal(options.format, DUN_FORMAT_TEXT);
    assert_int_equal(options.color, COLOR_AUTO);
    assert_null(options.url);
    assert_int_equal(options.operand_count, 0);
    assert_false(options.dry_run || options.quiet || options.verbose || options.echo || options.yes);
}

static void before_and_after(void **state)
{
    (void)state;
    expect_command("-C dir --config c.yaml -e prod migrate --url sqlite:a --format json up --color=never",
                   COMMAND_MIGRATE_UP);
    assert_string_equal(options.directory, "dir");
    assert_string_equal(options.config, "c.yaml");
    assert_string_equal(options.environment, "prod");
    assert_string_equal(options.url, "sqlite:a");
    assert_int_equal(options.format, DUN_FORMAT_JSON);
    assert_int_equal(options.color, COLOR_NEVER);
    assert_true(parse("up --dry-run 7 --echo -y"));
    assert_int_equal(options.count, 7);
    assert_true(options.dry_run && options.echo && options.yes);
}

static void letters(void **state)
{
    (void)state;
    assert_true(parse("-qveprod up"));
    assert_true(options.quiet && options.verbose);
    assert_string_equal(options.environment, "prod");
    assert_true(parse("up -ve dev"));
    assert_string_equal(options.environment, "dev");
    assert_true(parse("up --env=a=b"));
    assert_string_equal(options.environment, "a=b");
}

static void values(void **state)
{
    (void)state;
    assert_true(parse("down --to=20240101 --lock-timeout 500ms --wait=2m"));
    assert_string_equal(options.to, "20240101");
    assert_int_equal(options.lock_timeout_ms, 500);
    assert_int_equal(options.wait_ms, 120000);
    assert_true(parse("up --lock-timeout 1s --lock-timeout 0s"));
    assert_int_equal(options.lock_timeout_ms, 0);
    assert_true(parse("up --allow out-of-order,missing"));
    assert_int_equal(options.allow, DUN_ALLOW_OUT_OF_ORDER | DUN_ALLOW_MISSING);
    assert_true(parse("up --allow changed --allow missing"));
    assert_int_equal(options.allow, DUN_ALLOW_CHANGED | DUN_ALLOW_MISSING);
    assert_true(parse("apply --allow drop-table --allow=drop-column,narrow-type"));
    assert_string_equal(options.allow_losses, "drop-table,drop-column,narrow-type");
    assert_int_equal(options.allow, 0);
    assert_true(parse("up --allow=all"));
    assert_string_equal(options.allow_losses, "");
    assert_int_equal(options.allow, DUN_ALLOW_CHANGED | DUN_ALLOW_MISSING | DUN_ALLOW_OUT_OF_ORDER);
    assert_true(parse("up 999999"));
    assert_int_equal(options.count, 999999);
}

static void operands_after_dashes(void **state)
{
    (void)state;
    assert_true(parse("new --empty -- --strange"));
    assert_string_equal(options.operands[0], "--strange");
    assert_true(parse("new --empty -"));
    assert_string_equal(options.operands[0], "-");
}

static void help_without_what_is_required(void **state)
{
    (void)state;
    assert_true(parse("--help") && options.help);
    assert_null(options.command);
    assert_true(parse("migrate --help") && options.help);
    assert_null(options.command);
    expect_command("migrate baseline --help", COMMAND_MIGRATE_BASELINE);
    assert_true(options.help);
    expect_command("new -h", COMMAND_MIGRATE_NEW);
    expect_command("help migrate resume", COMMAND_MIGRATE_RESUME);
    assert_true(options.help);
    expect_command("help up", COMMAND_MIGRATE_UP);
    assert_true(parse("help") && options.help);
    assert_true(parse("--version") && options.version);
    assert_true(parse("up -V") && options.version);
}

static void wrong_options(void **state)
{
    (void)state;
    expect_failure("up --dryrun", "there is no option --dryrun", "did you mean --dry-run?");
    expect_failure("--dry up", "there is no option --dry", "did you mean --dry-run?");
    expect_failure("up --ulr=sqlite:a", "there is no option --ulr", "did you mean --url?");
    expect_failure("up --bogus", "there is no option --bogus", "dunlin up --help lists the options");
    expect_failure("--bogus", "there is no option --bogus", "dunlin --help lists the options");
    expect_failure("up -x", "there is no option -x", "dunlin up --help lists the options");
    expect_failure("up -qx", "there is no option -x", "dunlin up --help lists the options");
    expect_failure("up -1", "there is no option -1", "dunlin up --help lists the options");
    expect_failure("up --exit-code", "--exit-code is no option of dunlin migrate up", NULL);
    expect_failure("status -y", "--yes is no option of dunlin migrate status", NULL);
    expect_failure("up --dry-run=yes", "--dry-run takes no value", NULL);
}

static void wrong_values(void **state)
{
    (void)state;
    expect_failure("up --url", "--url wants a value: URL", NULL);
    expect_failure("up --url=", "--url wants a value: URL", NULL);
    expect_failure("up -C", "-C wants a value: DIR", NULL);
    expect_failure("up --color red", "--color is auto, always or never, not \"red\"", NULL);
    expect_failure(
        "up --format xml",
        "--format is text, json, sql, mermaid, dot, csv, junit, sarif, github or markdown, not \"xml\"",
        NULL);
    expect_failure("up --format dot", "--format of dunlin migrate up is text or json, not \"dot\"", NULL);
    expect_failure("up --allow changed,,missing", "--allow knows no \"\"",
                   "the names are out-of-order, changed, missing and all, with commas between them");
    expect_failure("up --allow chang", "--allow knows no \"chang\"",
                   "the names are out-of-order, changed, missing and all, with commas between them");
    assert_false(parse("up --wait soon"));
    assert_memory_equal(dun_error_message(error), "--wait: ", 8);
}

static void wrong_commands(void **state)
{
    (void)state;
    expect_failure("", "which command?", "dunlin --help lists them");
    expect_failure("migrate", "which command?", "dunlin --help lists them");
    expect_failure("stat", "there is no command \"stat\"", "did you mean dunlin status?");
    expect_failure("migrate dwon", "there is no command \"migrate dwon\"",
                   "did you mean dunlin migrate down?");
    expect_failure("resume --done", "there is no command \"resume\"", "did you mean dunlin migrate resume?");
    expect_failure("migarte up", "there is no command \"migarte\"", "did you mean dunlin migrate?");
    expect_failure("rollback", "there is no command \"rollback\"", "did you mean dunlin down?");
    expect_failure("migrate info", "there is no command \"migrate info\"", "did you mean dunlin status?");
    expect_failure("up --steps 3", "there is no option --steps",
                   "write the number alone: dunlin up 3, dunlin down 2");
    expect_failure("status --json", "there is no option --json", "did you mean --format json?");
    expect_failure("frobnicate", "there is no command \"frobnicate\"", "dunlin --help lists the commands");
}

static void wrong_operands(void **state)
{
    (void)state;
    expect_failure("up 0", "N is how many migrations, from 1 on, and not \"0\"", NULL);
    expect_failure("up x", "N is how many migrations, from 1 on, and not \"x\"", NULL);
    expect_failure("down 20240101", "N is how many migrations, from 1 on, and not \"20240101\"",
                   "for a version, write dunlin down --to 20240101");
    expect_failure("up 99999999999999999999999",
                   "N is how many migrations, from 1 on, and not \"99999999999999999999999\"",
                   "for a version, write dunlin up --to 99999999999999999999999");
    expect_failure("up 1 2", "\"2\" is one argument too many for dunlin migrate up", NULL);
    expect_failure("status 1", "\"1\" is one argument too many for dunlin migrate status", NULL);
    expect_failure("migrate up 1 2", "\"2\" is one argument too many for dunlin migrate up", NULL);
    expect_failure("new --empty", "dunlin migrate new wants a NAME", NULL);
    expect_failure("migrate baseline", "dunlin migrate baseline wants a VERSION", NULL);
}

static void alternatives(void **state)
{
    (void)state;
    expect_failure("up 3 --to 5", "N and --to exclude each other", NULL);
    expect_failure("down --to 5 --all", "--to and --all exclude each other", NULL);
    expect_failure("down 1 --all", "N and --all exclude each other", NULL);
    expect_failure("migrate resume --done --again", "--done and --again exclude each other", NULL);
    expect_failure("migrate resume", "dunlin migrate resume needs --done or --again", NULL);
}

/* So that a program that reads JSON gets some. */
static void format_is_known_on_failure(void **state)
{
    (void)state;
    assert_false(parse("up --bogus --color red --format json"));
    assert_int_equal(options.format, DUN_FORMAT_JSON);
    assert_string_equal(dun_error_message(error), "there is no option --bogus");
}

static void messages_show_no_secret(void **state)
{
    (void)state;
    char command[] = "postgres://me:secret@h/x", option[] = "--ulr=postgres://me:secret@h/x";
    char *arguments[] = {command, option, NULL};
    char **copies = secrets_hide(2, arguments);
    assert_false(options_parse(&options, 1, copies, arguments, error));
    assert_string_equal(dun_error_message(error), "there is no command \"postgres://me:xxxxxx@h/x\"");
    assert_false(options_parse(&options, 1, copies + 1, arguments + 1, error));
    assert_null(strstr(dun_error_message(error), "secret"));
    secrets_free(copies);
}

static void secrets(void **state)
{
    (void)state;
    static const struct {
        const char *given, *left;
    } cases[] = {
        {"postgresql://u:pw@h/x", "postgresql://u:xx@h/x"},
        {"--url=mysql://u:pw@h:3306/x", "--url=mysql://u:xx@h:3306/x"},
        {"postgresql+asyncpg://u:p@ss/w:rd?@h/x", "postgresql+asyncpg://u:xxxxxxxxxx@h/x"},
        {"postgresql://h/x?user=u&password=pw&sslmode=require",
         "postgresql://h/x?user=u&password=xx&sslmode=require"},
        {"postgresql://h/x?sslPassword=pw", "postgresql://h/x?sslPassword=xx"},
        {"postgresql://h/x?p%61ssword=pw", "postgresql://h/x?p%61ssword=xx"},
        {"postgresql://u@h:5432/x", "postgresql://u@h:5432/x"},
        {"postgresql://h:5432/x", "postgresql://h:5432/x"},
        {"sqlite:a@b.db", "sqlite:a@b.db"},
        {"up", "up"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        char text[100];
        memcpy(text, cases[i].given, strlen(cases[i].given) + 1);
        char *arguments[] = {text, NULL};
        char **copies = secrets_hide(1, arguments);
        assert_string_equal(text, cases[i].left);
        assert_string_equal(copies[0], cases[i].given);
        assert_null(copies[1]);
        secrets_free(copies);
    }
}

static void nearest(void **state)
{
    (void)state;
    static const char *const words[] = {"status", "up", "down", "migrate"};
    assert_string_equal(dun_nearest_word("statsu", words, 4), "status");
    assert_string_equal(dun_nearest_word("dwon", words, 4), "down");
    assert_string_equal(dun_nearest_word("ups", words, 4), "up");
    assert_string_equal(dun_nearest_word("mig", words, 4), "migrate");
    assert_null(dun_nearest_word("", words, 4));
    assert_null(dun_nearest_word("x", words, 4));
    assert_null(dun_nearest_word("frobnicate", words, 4));
    assert_null(dun_nearest_word("a word that is far longer than any that is known", words, 4));
}

static int set_up(void **state)
{
    (void)state;
    error = dun_error_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dun_error_free(error);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands),
        cmocka_unit_test(nothing_given),
        cmocka_unit_test(before_and_after),
        cmocka_unit_test(letters),
        cmocka_unit_test(values),
        cmocka_unit_test(operands_after_dashes),
        cmocka_unit_test(help_without_what_is_required),
        cmocka_unit_test(wrong_options),
        cmocka_unit_test(wrong_values),
        cmocka_unit_test(wrong_commands),
        cmocka_unit_test(wrong_operands),
        cmocka_unit_test(alternatives),
        cmocka_unit_test(format_is_known_on_failure),
        cmocka_unit_test(messages_show_no_secret),
        cmocka_unit_test(secrets),
        cmocka_unit_test(nearest),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
