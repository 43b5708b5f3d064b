#!/usr/bin/env bash
# Runs the steps of the Dockerfile without Docker: in an empty folder, as an unprivileged user, the application
# folder not writable. Compiles better-sqlite3 where no binary can be fetched, so it may take minutes.
#   test/docker-steps.sh        as root it becomes the user nobody
set -euo pipefail
trap 'echo "failed: line $LINENO" >&2' ERR
cd "$(dirname "$0")/.."

if [ "$(id -u)" = 0 ]; then
  source=$(mktemp -d)
  git ls-files -z | tar --null -cT - | tar -xC "$source"
  chmod -R a+rX "$source"
  trap 'rm -rf "$source"' EXIT
  setpriv --reuid=nobody --regid=nogroup --clear-groups "$source/test/docker-steps.sh"
  exit
fi

work=$(mktemp -d)
mkdir "$work"/{context,app,final,data,home}
cleanup() {
  [ -z "${server:-}" ] || kill -9 "$server" 2>/dev/null || true
  chmod -R u+w "$work" && rm -rf "$work"
}
trap cleanup EXIT

grep '^!' .dockerignore | cut -c2- | while read -r path; do
  for file in $path; do [ ! -e "$file" ] || cp -r "$file" "$work/context/"; done
done
find "$work/context" -name '*.test.ts' -delete

# A string array in JSON, as the exec form has it, one element a line, /app and /data moved.
words() { sed 's/^[^[]*//' | tr -d '[]"' | tr ',' '\n' | sed "s/^ *//; s#^/app#$work/final#"; }
env=(PATH="$PATH" HOME="$work/home")
while read -r name; do env+=("$name=${!name}"); done < <(compgen -e | grep -i '^npm_config_' || true)
stage=0
while read -r instruction rest; do
  case "$stage $instruction $rest" in
    *' FROM '*) stage=$((stage + 1)) ;;
    '1 RUN apt-get '* | '2 RUN mkdir /data '*) echo "-- left out: $rest" ;;
    '1 RUN '*) echo "-- $rest"; (cd "$work/app" && env -i "${env[@]}" bash -euc "$rest") ;;
    '1 COPY . .') cp -r "$work/context/." "$work/app" ;;
    '1 COPY '*' ./') (cd "$work/context" && cp ${rest% ./} "$work/app") ;;
    '2 COPY --from=build /app ./') cp -r "$work/app/." "$work/final" ;;
    '2 ENV '*) env+=($rest) ;;
    '2 HEALTHCHECK '*) mapfile -t probe < <(words <<< "$rest") ;;
    '2 ENTRYPOINT '*) mapfile -t entry < <(words <<< "$rest") ;;
    *' WORKDIR '* | '2 USER node' | '2 VOLUME /data' | '2 EXPOSE '*) ;;
    *' #'* | *' ') ;;
    *) echo "unknown step: $instruction $rest" >&2; exit 1 ;;
  esac
done < Dockerfile

[ ! -e "$work/final/node_modules/vitest" ] || { echo 'dev dependencies are left' >&2; exit 1; }
chmod -R a-w "$work/final"
port=$(node -p "const s = require('net').createServer().listen(0, () => { console.log(s.address().port); s.close() }); ''" | tr -d '\n')
env+=(MOCKJET_PORT="$port")
cd /
env -i "${env[@]}" "${entry[@]}" --data "$work/data" > "$work/log" & server=$!
sleep 1
env -i "${env[@]}" "${probe[@]}"
url=http://127.0.0.1:$port/v3/REST/contactslist
[ "$(curl -sS -o "$work/body" -w '%{http_code}' --user public:private \
  -H 'Content-Type: application/json' -d '{"Name":"Newsletter"}' "$url")" = 201 ]
kill -9 "$server"; wait "$server" 2>/dev/null || true
env -i "${env[@]}" "${entry[@]}" --data "$work/data" > "$work/log" & server=$!
env -i "${env[@]}" "${probe[@]}"
curl -sS --user public:private "$url" | grep -q '"Name" : "Newsletter"'
kill -TERM "$server"
wait "$server"
server=
echo 'docker steps: ok'
