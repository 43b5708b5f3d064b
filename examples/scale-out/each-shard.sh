#!/bin/sh
# Makes a control call without credentials on every shard, one after the other, and ends with 1 when one refuses it:
#   ./each-shard.sh POST /_mockjet/reset '{}'
#   ./each-shard.sh POST /_mockjet/faults '{"operation":"contact create","error":"tooManyRequests"}'
#   ./each-shard.sh DELETE /_mockjet/faults
# SHARDS holds their URLs where they are others than docker-compose.yml's, MOCKJET_CONTROL_TOKEN the token of locked ones.
set -eu
method=$1 path=$2 body=${3:-}
code=0
for shard in ${SHARDS:-http://127.0.0.1:6250 http://127.0.0.1:6251 http://127.0.0.1:6252}; do
  set -- -X "$method"
  [ -z "$body" ] || set -- "$@" -H 'Content-Type: application/json' -d "$body"
  [ -z "${MOCKJET_CONTROL_TOKEN:-}" ] || set -- "$@" -H "X-Mockjet-Token: $MOCKJET_CONTROL_TOKEN"
  curl -sS --fail-with-body "$@" "$shard$path" || code=1
  echo
done
exit $code
