/* Reading URLs: every spelling that is understood, every mistake with its message, and that no password is
 * ever shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/url.h"

#include <stdio.h>
#include <string.h>

struct expected {
    const char *text;
    const char *scheme, *user, *password;
    const char *hosts; /* "name|port name|port", "-" for what is not given */
    const char *database;
    const char *options; /* "name=value name=value" */
    const char *redacted;
};

static const struct expected readable[] = {
    {"sqlite:shop.db", "sqlite", 0, 0, "", "shop.db", "", "sqlite:shop.db"},
    {"sqlite:/var/shop.db", "sqlite", 0, 0, "", "/var/shop.db", "", "sqlite:/var/shop.db"},
    {"sqlite::memory:", "sqlite", 0, 0, "", ":memory:", "", "sqlite::memory:"},
    {"sqlite://", "sqlite", 0, 0, "", ":memory:", "", "sqlite::memory:"},
    {"sqlite:///", "sqlite", 0, 0, "", ":memory:", "", "sqlite::memory:"},
    {"sqlite:///:memory:", "sqlite", 0, 0, "", ":memory:", "", "sqlite::memory:"},
    {"sqlite:///data/shop.db", "sqlite", 0, 0, "", "data/shop.db", "", "sqlite:data/shop.db"},
    {"sqlite:////data/shop.db", "sqlite", 0, 0, "", "/data/shop.db", "", "sqlite:/data/shop.db"},
    {"sqlite://///data", "sqlite", 0, 0, "", "//data", "", "sqlite:%2F/data"},
    {"sqlite://shop.db", "sqlite", 0, 0, "", "shop.db", "", "sqlite:shop.db"},
    {"sqlite3:shop.db", "sqlite3", 0, 0, "", "shop.db", "", "sqlite3:shop.db"},
    {"SQLite+aiosqlite:///my%20shop.db", "sqlite", 0, 0, "", "my shop.db", "", "sqlite:my%20shop.db"},
    {"sqlite:my shop@home.db", "sqlite", 0, 0, "", "my shop@home.db", "", "sqlite:my%20shop@home.db"},
    {"sqlite:a%3Fb%23c%25.db?mode=ro&busy_timeout=10", "sqlite", 0, 0, "", "a?b#c%.db",
     "mode=ro busy_timeout=10", "sqlite:a%3Fb%23c%25.db?mode=ro&busy_timeout=10"},
    {"sqlite:caf\xc3\xa9.db", "sqlite", 0, 0, "", "caf\xc3\xa9.db", "", "sqlite:caf\xc3\xa9.db"},
    {"sqlite://?mode=memory", "sqlite", 0, 0, "", ":memory:", "mode=memory", "sqlite::memory:?mode=memory"},
    {"postgresql://lynn:secret@db.example:5433/shop?sslmode=require", "postgresql", "lynn", "secret",
     "db.example|5433", "shop", "sslmode=require", "postgresql://lynn@db.example:5433/shop?sslmode=require"},
    {"postgres://localhost", "postgres", 0, 0, "localhost|-", 0, "", "postgres://localhost"},
    {"postgres://localhost/", "postgres", 0, 0, "localhost|-", 0, "", "postgres://localhost"},
    {"postgresql+asyncpg://u@h/d", "postgresql", "u", 0, "h|-", "d", "", "postgresql://u@h/d"},
    {"postgresql://", "postgresql", 0, 0, "-|-", 0, "", "postgresql://"},
    {"postgresql:///shop", "postgresql", 0, 0, "-|-", "shop", "", "postgresql:///shop"},
    {"postgresql://:5433/shop", "postgresql", 0, 0, "-|5433", "shop", "", "postgresql://:5433/shop"},
    {"postgresql://h1:1,h2:2,h3/d", "postgresql", 0, 0, "h1|1 h2|2 h3|-", "d", "",
     "postgresql://h1:1,h2:2,h3/d"},
    {"postgresql://u@[::1]:5432,[fe80::1%25eth0]/d", "postgresql", "u", 0, "::1|5432 fe80::1%eth0|-", "d", "",
     "postgresql://u@[::1]:5432,[fe80::1%25eth0]/d"},
    {"postgresql://%2Ftmp:57400/d", "postgresql", 0, 0, "/tmp|57400", "d", "", "postgresql://%2Ftmp:57400/d"},
    {"postgresql:///d?host=/tmp&port=57400&application_name=x", "postgresql", 0, 0, "/tmp|57400", "d",
     "application_name=x", "postgresql://%2Ftmp:57400/d?application_name=x"},
    {"postgresql://u:p@localhost:5433/d?host=/cloudsql/a:b", "postgresql", "u", "p", "/cloudsql/a:b|5433",
     "d", "", "postgresql://u@%2Fcloudsql%2Fa%3Ab:5433/d"},
    {"postgresql:///?host=a,b&port=1,2", "postgresql", 0, 0, "a|1 b|2", 0, "", "postgresql://a:1,b:2"},
    {"postgresql:///?host=a,b&port=7", "postgresql", 0, 0, "a|7 b|7", 0, "", "postgresql://a:7,b:7"},
    {"postgresql:///?user=lynn&password=secret&dbname=shop", "postgresql", "lynn", "secret", "-|-", "shop",
     "", "postgresql://lynn@/shop"},
    {"postgresql://lynn@/shop", "postgresql", "lynn", 0, "-|-", "shop", "", "postgresql://lynn@/shop"},
    {"mysql://root:@127.0.0.1:3306/", "mysql", "root", "", "127.0.0.1|3306", 0, "",
     "mysql://root@127.0.0.1:3306"},
    {"mariadb://u@h/d?charset=utf8mb4&socket=/run/s", "mariadb", "u", 0, "h|-", "d",
     "charset=utf8mb4 socket=/run/s", "mariadb://u@h/d?charset=utf8mb4&socket=/run/s"},
    {"mysql://:secret@h/d", "mysql", 0, "secret", "h|-", "d", "", "mysql://h/d"},
    {"mysql://me@azure:s@cr:t@h/d", "mysql", "me@azure", "s@cr:t", "h|-", "d", "", "mysql://me%40azure@h/d"},
    {"mysql://u:s#cret@h/d", "mysql", "u", "s#cret", "h|-", "d", "", "mysql://u@h/d"},
    {"mysql://u:s?cret@h/d", "mysql", "u", "s?cret", "h|-", "d", "", "mysql://u@h/d"},
    {"mysql://u:%40%2f%3A@h/d%2Fe", "mysql", "u", "@/:", "h|-", "d/e", "", "mysql://u@h/d%2Fe"},
    {"postgresql://u:[s]@h/d", "postgresql", "u", "[s]", "h|-", "d", "", "postgresql://u@h/d"},
    {" postgresql://h/d\n", "postgresql", 0, 0, "h|-", "d", "", "postgresql://h/d"},
    {"postgresql://h/d?sslpassword=x&sslkey=y&&options=-c%20a%3Db", "postgresql", 0, 0, "h|-", "d",
     "sslpassword=x sslkey=y options=-c a=b",
     "postgresql://h/d?sslpassword=***&sslkey=***&options=-c%20a%3Db"},
    {"sqlite:a.db?foreign_keys=on", "sqlite", 0, 0, "", "a.db", "foreign_keys=on",
     "sqlite:a.db?foreign_keys=on"},
    {"cockroach://h/d", "cockroach", 0, 0, "h|-", "d", "", "cockroach://h/d"},
};

static void assert_same(const char *text, const char *value, const char *expected)
{
    if (!expected) {
        if (value)
            fail_msg("%s: \"%s\" where nothing should be", text, value);
        return;
    }
    if (!value || strcmp(value, expected) != 0)
        fail_msg("%s: \"%s\" where \"%s\" should be", text, value ? value : "(null)", expected);
}

static const char *hosts_as_text(struct arena *arena, const struct db_url *url)
{
    const char *text = "";
    for (size_t i = 0; i < url->host_count; ++i)
        text = arena_printf(arena, "%s%s%s|%s", text, i ? " " : "",
                            url->hosts[i].name ? url->hosts[i].name : "-",
                            url->hosts[i].port ? url->hosts[i].port : "-");
    return text;
}

static const char *options_as_text(struct arena *arena, const struct db_url *url)
{
    const char *text = "";
    for (size_t i = 0; i < url->option_count; ++i)
        text =
            arena_printf(arena, "%s%s%s=%s", text, i ? " " : "", url->options[i].name, url->options[i].value);
    return text;
}

static void test_readable(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    for (size_t i = 0; i < sizeof readable / sizeof *readable; ++i) {
        const struct expected *e = &readable[i];
        struct arena *arena = arena_new();
        struct db_url *url = NULL;
        if (!db_url_parse(arena, e->text, &url, error))
            fail_msg("%s: %s", e->text, dun_error_message(error));
        assert_same(e->text, url->scheme, e->scheme);
        assert_same(e->text, url->user, e->user);
        assert_same(e->text, url->password, e->password);
        assert_same(e->text, hosts_as_text(arena, url), e->hosts);
        assert_same(e->text, url->database, e->database);
        assert_same(e->text, options_as_text(arena, url), e->options);
        assert_same(e->text, db_url_redacted(arena, url), e->redacted);
        arena_free(arena);
    }
    dun_error_free(error);
}

/* "SECRET" stands wherever somebody may have typed a password; it must be in no message. */
static const struct {
    const char *text, *message;
} unreadable[] = {
    {"", "does not begin with a scheme"},
    {"shop.db", "does not begin with a scheme"},
    {"SECRET@host/db", "does not begin with a scheme"},
    {"\"postgresql://h/d\"", "does not begin with a scheme"},
    {"host=localhost password=SECRET", "does not begin with a scheme"},
    {"1x://h", "does not begin with a scheme"},
    {"+x://h", "does not begin with a scheme"},
    {"root:SECRET@host/db", "no \"//\""},
    {"jdbc:postgresql://h/d?password=SECRET", "no \"//\""},
    {"mysql:host=h;password=SECRET", "no \"//\""},
    {"file:shop.db", "no \"//\""},
    {"sqlite:", "names no file"},
    {"sqlite:?mode=ro", "names no file"},
    {"sqlite:a.db#x", "fragment"},
    {"sqlite:a%2.db", "two hexadecimal digits"},
    {"sqlite:a%00.db", "NUL"},
    {"sqlite:a.db?ro", "NAME=VALUE"},
    {"sqlite:a\nb", "control character"},
    {"postgresql://u:SECRET%zz@h/d", "the password is not followed"},
    {"postgresql://u:SECRET%@h/d", "the password is not followed"},
    {"postgresql://u:SECRET%00@h/d", "the password contains %00"},
    {"postgresql://u:SEC/RET@h/d", "not clear where the password ends"},
    {"postgresql://u:SECRET/1@h/d", "not clear where the password ends"},
    {"postgresql://u:1/SECRET@h/d", "not clear where the password ends"},
    {"postgresql://u:p@SECRET/w@h/d", "not clear where the password ends"},
    {"postgresql://u:p@ss?a=SECRET@h/d", "not clear where the password ends"},
    {"postgresql://h?user=SECRET@server", "not clear where the password ends"},
    {"postgresql://u:SECRET?a=b@h/d", "not clear where the password ends"},
    {"postgresql://u:SECRET", "not a number from 1 to 65535"},
    {"postgresql://u:SECRET:5432/d", "more than one \":\""},
    {"postgresql://h:0/d", "not a number from 1 to 65535"},
    {"postgresql://h:65536/d", "not a number from 1 to 65535"},
    {"postgresql://h:99999999999999999999/d", "not a number from 1 to 65535"},
    {"postgresql:///d?port=x", "not a number from 1 to 65535"},
    {"postgresql://::1:5432/d", "more than one \":\""},
    {"postgresql://[::1/d", "closing bracket"},
    {"postgresql://[::1]5/d", "closing bracket"},
    {"mysql://u:SECRET@tcp(h:3306)/d", "no host name has"},
    {"mysql://u:SECRET@tcp(h)/d", "no host name has"},
    {"mysql://u:SECRET@h x/d", "no host name has"},
    {"mysql://u:SECRET@h%0Ax/d", "no host name has"},
    {"postgresql://h/d/", "second \"/\""},
    {"postgresql://h/d#SECRET", "fragment"},
    {"postgresql://u:p#SECRET", "not a number from 1 to 65535"},
    {"postgresql://h/d?SECRET", "NAME=VALUE"},
    {"postgresql://h/d?=SECRET", "NAME=VALUE"},
    {"postgresql://h/d?a=%", "two hexadecimal digits"},
    {"postgresql://h1,h2/d?host=a,b,c", "different numbers"},
    {"postgresql://h/d?host=a,b&port=1,2,3", "different numbers"},
};

static void test_unreadable(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    for (size_t i = 0; i < sizeof unreadable / sizeof *unreadable; ++i) {
        struct arena *arena = arena_new();
        struct db_url *url = NULL;
        if (db_url_parse(arena, unreadable[i].text, &url, error))
            fail_msg("%s: was read", unreadable[i].text);
        assert_null(url);
        assert_int_equal(dun_error_code(error), DUN_BAD_INPUT);
        const char *hint = dun_error_hint(error) ? dun_error_hint(error) : "";
        if (!strstr(dun_error_message(error), unreadable[i].message))
            fail_msg("%s: \"%s\" where \"%s\" should be", unreadable[i].text, dun_error_message(error),
                     unreadable[i].message);
        if (strstr(dun_error_message(error), "SEC") || strstr(hint, "SEC") ||
            strstr(dun_error_message(error), "RET") || strstr(hint, "RET"))
            fail_msg("%s: shown in \"%s\" or \"%s\"", unreadable[i].text, dun_error_message(error), hint);
        dun_error_clear(error);
        arena_free(arena);
    }
    dun_error_free(error);
}

static void test_option(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct db_url *url = NULL;
    assert_true(db_url_parse(arena, "postgresql://h/d?a=1&b=2&a=3", &url, NULL));
    assert_string_equal(db_url_option(url, "a"), "3");
    assert_string_equal(db_url_option(url, "b"), "2");
    assert_null(db_url_option(url, "c"));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_readable),
        cmocka_unit_test(test_unreadable),
        cmocka_unit_test(test_option),
    };
    return cmocka_run_group_tests_name("url", tests, NULL, NULL);
}
