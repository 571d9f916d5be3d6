#!/bin/sh
# certificates.sh FOLDER: makes a certificate authority and a certificate for localhost and 127.0.0.1 that it
# has signed: FOLDER/ca.pem, FOLDER/server.pem, FOLDER/server.key. For a day; the key of the authority is
# thrown away.
set -eu

cd "$1"
umask 077
new_key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
printf '[req]\ndistinguished_name = name\n[name]\n' >request.conf
printf 'basicConstraints = critical, CA:TRUE\nkeyUsage = critical, keyCertSign\n' >authority.ext
printf 'subjectAltName = DNS:localhost, IP:127.0.0.1\n' >server.ext

{
    openssl req -config request.conf $new_key -subj '/CN=dunlin test authority' -keyout ca.key -out ca.csr
    openssl x509 -req -in ca.csr -signkey ca.key -extfile authority.ext -days 2 -out ca.pem
    openssl req -config request.conf $new_key -subj '/CN=localhost' -keyout server.key -out server.csr
    openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -set_serial 1 -extfile server.ext -days 2 -out server.pem
} >openssl.log 2>&1 || {
    cat openssl.log >&2
    exit 1
}
rm -f ca.key ca.csr server.csr request.conf authority.ext server.ext openssl.log
chmod 644 ca.pem server.pem
