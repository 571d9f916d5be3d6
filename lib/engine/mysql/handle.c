#include "engine/mysql/handle.h"

#include "base/error.h"
#include "engine/mysql/failure.h"

#include <stdlib.h>
#include <string.h>

/*
 * Option files are read inside mysql_real_connect, where they would win over everything set before. So this
 * connects once to what cannot be connected to: an address with an interface that does not exist is refused
 * by the resolver at once, without any traffic. The library has read the files then, and does not read them
 * again.
 */
static void read_option_files(MYSQL *handle)
{
    libmariadb.mysql_optionsv(handle, MYSQL_READ_DEFAULT_GROUP, "client");
    libmariadb.mysql_real_connect(handle, "::1%none", "", "", "", 1, NULL, CLIENT_REMEMBER_OPTIONS);
}

/* What the library does itself and dunlin relies on, whatever option files say. */
static void set_fixed_options(MYSQL *handle, const struct handle_target *target)
{
    static const unsigned off = 0;
    static const my_bool no = 0;
    static const unsigned long largest_packet = 1UL << 30;
    libmariadb.mysql_optionsv(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    libmariadb.mysql_optionsv(handle, MYSQL_OPT_LOCAL_INFILE, &off);
    libmariadb.mysql_optionsv(handle, MYSQL_OPT_RECONNECT, &no);
    libmariadb.mysql_optionsv(handle, MYSQL_OPT_CONNECT_TIMEOUT, &off);
    libmariadb.mysql_optionsv(handle, MYSQL_OPT_READ_TIMEOUT, &off);
    libmariadb.mysql_optionsv(handle, MYSQL_OPT_WRITE_TIMEOUT, &off);
    libmariadb.mysql_optionsv(handle, MYSQL_OPT_MAX_ALLOWED_PACKET, &largest_packet);
    if (target->infile)
        mysql_engine_infile_install(handle, target->infile);
    if (target->application)
        libmariadb.mysql_optionsv(handle, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", target->application);
}

/*
 * Before 3.4 the library checks a certificate authority that is given; since then it does so only together
 * with the name.
 */
static bool authority_is_checked_alone(void)
{
    const char *version = libmariadb.mysql_get_client_info();
    char *end;
    long major = strtol(version, &end, 10);
    long minor = *end == '.' ? strtol(end + 1, NULL, 10) : 0;
    return major == 3 && minor < 4;
}

/* Without an authority, libmariadb before 3.4 would check the chain but not the name, or nothing. */
static bool check_authority(MYSQL *handle, dun_error *error)
{
    const char *ca = NULL, *folder = NULL;
    libmariadb.mysql_get_optionv(handle, MYSQL_OPT_SSL_CA, &ca);
    libmariadb.mysql_get_optionv(handle, MYSQL_OPT_SSL_CAPATH, &folder);
    if (ca || folder)
        return true;
    error_set(error, DUN_BAD_INPUT,
              "the server's certificate is to be verified, but by which authority is not said");
    error_hint(error, "add ssl-ca=FILE to the URL (of all public authorities, on Debian: "
                      "ssl-ca=/etc/ssl/certs/ca-certificates.crt)");
    return false;
}

static void switch_tls_off(MYSQL *handle)
{
    static const my_bool no = 0;
    static const enum mysql_option parts[] = {MYSQL_OPT_SSL_CA, MYSQL_OPT_SSL_CAPATH, MYSQL_OPT_SSL_CERT,
                                              MYSQL_OPT_SSL_KEY};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; ++i)
        libmariadb.mysql_optionsv(handle, parts[i], NULL);
    libmariadb.mysql_optionsv(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &no);
    libmariadb.mysql_optionsv(handle, MYSQL_OPT_SSL_ENFORCE, &no);
}

static bool set_tls(MYSQL *handle, const struct handle_target *target, dun_error *error)
{
    const struct mysql_options *options = target->options;
    if (options->tls == MYSQL_TLS_DISABLED) {
        switch_tls_off(handle);
        return true;
    }
    if (options->ca)
        libmariadb.mysql_optionsv(handle, MYSQL_OPT_SSL_CA, options->ca);
    if (options->certificate)
        libmariadb.mysql_optionsv(handle, MYSQL_OPT_SSL_CERT, options->certificate);
    if (options->key)
        libmariadb.mysql_optionsv(handle, MYSQL_OPT_SSL_KEY, options->key);
    if (options->tls == MYSQL_TLS_UNSAID)
        return true;

    bool verified = options->tls == MYSQL_TLS_VERIFY_CA || options->tls == MYSQL_TLS_VERIFY_IDENTITY;
    if (verified && !check_authority(handle, error))
        return false;
    my_bool yes = 1;
    my_bool name_too = options->tls == MYSQL_TLS_VERIFY_IDENTITY ||
                       (options->tls == MYSQL_TLS_VERIFY_CA && !authority_is_checked_alone());
    libmariadb.mysql_optionsv(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &name_too);
    libmariadb.mysql_optionsv(handle, MYSQL_OPT_SSL_ENFORCE, &yes);
    return true;
}

/*
 * A host as the library wants it: the library takes the unix socket for "localhost" even when a port is
 * given.
 */
struct address {
    const char *host, *socket;
    unsigned port;
    unsigned protocol;
};

static bool find_address(const struct handle_target *target, struct address *ret, dun_error *error)
{
    const struct db_host *host = target->host;
    struct address address = {.host = host ? host->name : NULL, .protocol = MYSQL_PROTOCOL_DEFAULT};
    if (host && host->port) {
        char *end;
        unsigned long port = strtoul(host->port, &end, 10);
        if (*end || port < 1 || port > 65535)
            return error_set(error, DUN_BAD_INPUT, "the port \"%s\" is not between 1 and 65535", host->port);
        address.port = (unsigned)port;
    }
    address.socket = target->options->socket;
    if (!address.socket && address.host && address.host[0] == '/')
        address.socket = address.host;
    if (address.socket) {
        address.host = "localhost";
        address.protocol = MYSQL_PROTOCOL_SOCKET;
    } else if (address.port || (address.host && strcmp(address.host, "localhost") != 0)) {
        address.protocol = MYSQL_PROTOCOL_TCP;
    }
    *ret = address;
    return true;
}

static void describe_address(const struct address *address, struct str *to)
{
    const char *host = address->host ? address->host : "localhost";
    if (address->socket)
        str_printf(to, "the socket %s", address->socket);
    else if (address->protocol == MYSQL_PROTOCOL_TCP)
        str_printf(to, strchr(host, ':') ? "[%s]:%u" : "%s:%u", host, address->port ? address->port : 3306);
    else
        str_printf(to, "%s", host);
}

static bool connect_failed(MYSQL *handle, const struct address *address, const struct mysql_wait *wait,
                           dun_error *error)
{
    struct str where = STR_INIT;
    describe_address(address, &where);
    mysql_engine_failure_of_connecting(handle, str_text(&where), wait, error);
    str_free(&where);
    return false;
}

static bool configure(MYSQL *handle, const struct handle_target *target, const struct address *address,
                      dun_error *error)
{
    if (!mysql_engine_wait_install(handle, error))
        return false;
    if (target->options->init_command)
        libmariadb.mysql_optionsv(handle, MYSQL_INIT_COMMAND, target->options->init_command);
    read_option_files(handle);
    set_fixed_options(handle, target);
    if (target->options->compress)
        libmariadb.mysql_optionsv(handle, MYSQL_OPT_COMPRESS, NULL);
    libmariadb.mysql_optionsv(handle, MYSQL_OPT_PROTOCOL, &address->protocol);
    return set_tls(handle, target, error);
}

/* Once more, for where the greeting could not be looked at before the login. */
static bool check_tls(MYSQL *handle, const struct address *address, struct mysql_wait *wait, dun_error *error)
{
    if (!wait->needs_tls || libmariadb.mysql_get_ssl_cipher(handle))
        return true;
    wait->tls_missing = true;
    return connect_failed(handle, address, wait, error);
}

static bool connect_to(MYSQL *handle, const struct handle_target *target, const struct address *address,
                       struct mysql_wait *wait, dun_error *error)
{
    const struct db_url *url = target->url;
    const char *database =
        target->without_database || !url->database || !*url->database ? NULL : url->database;
    wait->needs_tls = target->options->tls >= MYSQL_TLS_REQUIRED;
    if (!libmariadb.mysql_real_connect(handle, address->host, url->user, url->password, database,
                                       address->port, address->socket,
                                       CLIENT_MULTI_STATEMENTS | CLIENT_REMEMBER_OPTIONS))
        return connect_failed(handle, address, wait, error);
    return check_tls(handle, address, wait, error);
}

bool mysql_engine_handle_connect(const struct handle_target *target, struct mysql_wait *wait,
                                 MYSQL **ret_handle, dun_error *error)
{
    struct address address;
    if (!find_address(target, &address, error))
        return false;
    MYSQL *handle = libmariadb.mysql_init(NULL);
    mysql_engine_wait_reset(wait);
    mysql_engine_wait_enter(wait);
    bool done =
        configure(handle, target, &address, error) && connect_to(handle, target, &address, wait, error);
    if (!done)
        libmariadb.mysql_close(handle);
    mysql_engine_wait_leave(wait);
    if (!done)
        return false;
    mysql_engine_wait_make_nonblocking(handle);
    *ret_handle = handle;
    return true;
}

void mysql_engine_handle_close(MYSQL *handle, struct mysql_wait *wait)
{
    if (!handle)
        return;
    struct mysql_connection *connection = wait->connection;
    wait->connection = NULL; /* a farewell that cannot be sent is not waited for */
    struct task_scope scope;
    task_scope_shield(&scope, 0);
    mysql_engine_wait_enter(wait);
    libmariadb.mysql_close(handle);
    mysql_engine_wait_leave(wait);
    task_scope_leave(&scope);
    wait->connection = connection;
}

void mysql_engine_handle_init_commands(MYSQL *handle, struct str *to)
{
    char **commands = NULL;
    unsigned count = 0;
    libmariadb.mysql_get_optionv(handle, MYSQL_INIT_COMMAND, &commands, &count);
    for (unsigned i = 0; i < count; ++i)
        str_printf(to, "%s%s", i ? "\n;\n" : "", commands[i]);
}
