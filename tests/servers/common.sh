# Sourced by the scripts of this folder: processes, ports and paths of throwaway servers, in POSIX sh.

export PATH="${PATH:-/usr/local/bin:/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin"

# as_user USER COMMAND...: as root, runs the command as USER, or as nobody where there is no such user; a
# database server refuses to be root. An ordinary user runs it as himself.
as_user()
{
    prefix=$(user_prefix "$1")
    shift
    $prefix "$@"
}

# The words that make a command as_user's, for use with exec.
user_prefix()
{
    [ "$(id -u)" -ne 0 ] || echo "setpriv --reuid=$(server_user "$1") --regid=$(id -g "$(server_user "$1")") --init-groups"
}

server_user()
{
    if [ "$(id -u)" -ne 0 ]; then
        id -un
    elif id "$1" >/dev/null 2>&1; then
        echo "$1"
    else
        echo nobody
    fi
}

# private_folder USER FOLDER: makes a folder that belongs to as_user's USER and that no other user can enter.
private_folder()
{
    mkdir -p "$2" && chmod 700 "$2" || return
    [ "$(id -u)" -ne 0 ] || chown "$(server_user "$1")" "$2"
}

# Is there a process of that id? One that has ended and waits for its parent is none: in a container nobody
# may come.
alive()
{
    [ -n "$1" ] && stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    case ${stat##*) } in
    [ZX]*) return 1 ;;
    esac
}

# wait_until_gone PID TENTHS: false when the process is still there after so many tenths of a second.
wait_until_gone()
{
    tenths=$2
    while alive "$1"; do
        [ "$tenths" -gt 0 ] || return 1
        sleep 0.1
        tenths=$((tenths - 1))
    done
}

# Prints a port that nobody listens on now, outside the range from which the kernel takes ports of clients.
# Somebody may be faster: whoever uses it tries again with another when the server says that it is taken.
free_port()
{
    while :; do
        port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 12000))
        hex=$(printf '%04X' "$port")
        cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -q "^ *[0-9]*: [0-9A-F]*:$hex " || break
    done
    echo "$port"
}

# The text with everything escaped that has a meaning in a URL, if anything has.
percent_encode()
{
    case $1 in
    *[!A-Za-z0-9/._-]*) printf %s "$1" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g' ;;
    *) printf %s "$1" ;;
    esac
}

# export_line NAME VALUE: an assignment that a shell can read back, whatever the value holds.
export_line()
{
    printf "%s='%s'\n" "$1" "$(printf %s "$2" | sed "s/'/'\\\\''/g")"
}
