#!/bin/sh
# Runs an example on one engine and compares what it prints: run.sh PROGRAM URL; without a URL the test is skipped.
set -eu
if [ -z "${2:-}" ]; then
    echo "no URL of a server"
    exit 77
fi
"$1" "$2" 2>echo.$$ >answer.$$ || { cat answer.$$ echo.$$; rm -f answer.$$ echo.$$; exit 1; }
trap 'rm -f answer.$$ echo.$$ expected.$$' EXIT
cat >expected.$$ <<'END'
Ada, countess
Edgar, NULL
Grace, admiral
O'Neil, teacher
eraser, 1666
notebook, 1667
pencil, 1667
sold for 9167.70
END
grep -q '^on [A-Z][A-Za-z]* [0-9]' answer.$$
sed 1d answer.$$ | diff expected.$$ -
grep -q 'CREATE TABLE customers' echo.$$
