#!/bin/sh
# Makes the certificate of the balancer, tls/balancer.pem, and the CA that clients must trust, tls/ca.pem.
#   ./make-certificate.sh [FOLDER]
set -eu
folder=${1:-$(dirname "$0")/tls}
mkdir -p "$folder"
cd "$folder"
names=DNS:localhost,DNS:mockjet,DNS:mailjet.com,DNS:*.mailjet.com,IP:127.0.0.1,IP:::1
openssl req -x509 -newkey rsa:2048 -nodes -days 825 -subj '/CN=Mockjet balancer CA' \
  -addext keyUsage=critical,keyCertSign,cRLSign -keyout ca-key.pem -out ca.pem
openssl req -newkey rsa:2048 -nodes -subj '/CN=Mockjet balancer' -keyout key.pem -out request.pem
printf 'basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=%s\n' "$names" > extensions.cnf
openssl x509 -req -in request.pem -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 825 -extfile extensions.cnf -out cert.pem
cat cert.pem key.pem > balancer.pem
# the balancer's user in its container is another one than you
chmod 644 balancer.pem
rm ca-key.pem ca.srl request.pem extensions.cnf cert.pem key.pem
