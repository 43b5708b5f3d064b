#!/usr/bin/env bash
# Runs the steps of the Dockerfile without Docker: in an empty folder, as an unprivileged user, the application
# folder not writable. Takes the Node that is in PATH for the base image's.
#   test/docker-steps.sh        as root it becomes the user nobody
set -euo pipefail
trap 'echo "failed: line $LINENO" >&2' ERR
cd "$(dirname "$0")/.."

if [ "$(id -u)" = 0 ]; then
  source=$(mktemp -d)
  trap 'rm -rf "$source"' EXIT
  git ls-files -z | tar --null -cT - | tar -xC "$source"
  # a Node below a folder of root's could not be run
  cp "$(node -p process.execPath)" "$source/node"
  chmod -R a+rX "$source"
  PATH=$source:$PATH setpriv --reuid=nobody --regid=nogroup --clear-groups "$source/test/docker-steps.sh"
  exit
fi

work=$(mktemp -d)
mkdir "$work"/{context,app,final,data,home,bin}
cleanup() {
  [ -z "${server:-}" ] || kill -9 "$server" 2>/dev/null || true
  chmod -R u+w "$work" && rm -rf "$work"
}
trap cleanup EXIT

grep '^!' .dockerignore | cut -c2- | while read -r path; do
  for file in $path; do [ ! -e "$file" ] || cp -r "$file" "$work/context/"; done
done
find "$work/context" -name '*.test.ts' -delete

# Folders of the image, moved below the work folder.
moved() { sed "s#/usr/local/bin/#$work/bin/#g; s#/app\b#$work/final#g; s#/data\b#$work/data#g"; }
# A string array in JSON, as the exec form has it, one element a line.
words() { sed 's/^[^[]*//' | tr -d '[]"' | tr ',' '\n' | sed 's/^ *//' | moved; }
env=(PATH="$work/bin:$PATH" HOME="$work/home")
while read -r name; do env+=("$name=${!name}"); done < <(compgen -e | grep -iE '^npm_config_|^NODE_EXTRA_CA_CERTS$' || true)
stage=0
while read -r instruction rest; do
  case "$stage $instruction $rest" in
    *' FROM '*) stage=$((stage + 1)) ;;
    *' RUN apt-get '*) echo "-- left out: $rest" ;;
    '1 RUN '*) echo "-- $rest"; (cd "$work/app" && env -i "${env[@]}" bash -euc "$rest") ;;
    '2 RUN '*)
      echo "-- $rest"
      # only root gives files away
      (cd "$work" && env -i "${env[@]}" bash -euc "$(moved <<< "$rest" | sed 's/ -o 1000 -g 0//')")
      ;;
    '1 COPY . .') cp -r "$work/context/." "$work/app" ;;
    '1 COPY '*' ./') (cd "$work/context" && cp ${rest% ./} "$work/app") ;;
    '2 COPY --from=build /app ./') cp -r "$work/app/." "$work/final" ;;
    '2 COPY '*) (cd "$work/context" && cp $(moved <<< "$rest")) ;;
    '2 ENV '*) env+=($rest) ;;
    '2 HEALTHCHECK '*) mapfile -t probe < <(words <<< "$rest") ;;
    '2 ENTRYPOINT '*) mapfile -t entry < <(words <<< "$rest") ;;
    *' WORKDIR '* | *' ARG '* | *' LABEL '* | *' org.opencontainers.image.'* | '2 USER 1000:0' | '2 VOLUME /data' | '2 EXPOSE '*) ;;
    *' #'* | *' ') ;;
    *) echo "unknown step: $instruction $rest" >&2; exit 1 ;;
  esac
done < <(sed -e ':join' -e '/\\$/{N;s/\\\n//;b join}' Dockerfile)

# the init comes with a Debian package
command -v tini > /dev/null || entry=("${entry[@]:3}")
[ ! -e "$work/final/node_modules/vitest" ] || { echo 'dev dependencies are left' >&2; exit 1; }
[ "$(find "$work/final/node_modules" -name '*.node' | wc -l)" = 1 ] || { echo 'one binary is enough' >&2; exit 1; }
chmod -R a-w "$work/final"
free() { node -p "const s = require('net').createServer().listen(0, () => { console.log(s.address().port); s.close() }); ''" | tr -d '\n'; }
port=$(free)
printf '%s\n' "${env[@]}" | grep -qx MOCKJET_SMTP_PORT=1025 || { echo 'the container takes no mail by SMTP' >&2; exit 1; }
smtp=$(free)
env+=(MOCKJET_PORT="$port" MOCKJET_SMTP_PORT="$smtp")
cd /
start() {
  env -i "${env[@]}" "${entry[@]}" --data "$work/data" > "$work/log" & server=$!
  env -i "${env[@]}" mockjet wait --timeout 30s
  env -i "${env[@]}" "${probe[@]}"
}
! env -i "${env[@]}" "${probe[@]}" || { echo 'the probe is content without a server' >&2; exit 1; }
start
url=http://127.0.0.1:$port/v3/REST/contactslist
[ "$(curl -sS -o "$work/body" -w '%{http_code}' --user public:private \
  -H 'Content-Type: application/json' -d '{"Name":"Newsletter"}' "$url")" = 201 ]
printf 'Subject: by SMTP\r\n\r\nHello\r\n' | curl -sS --user public:private --mail-from shop@example.com \
  --mail-rcpt ann@example.com -T - "smtp://127.0.0.1:$smtp"
curl -sS --user public:private "http://127.0.0.1:$port/_mockjet/mails" | grep -q '"by SMTP"'
# an init passes no SIGKILL on: Node itself is killed
child=$(cat "/proc/$server/task/$server/children")
kill -9 ${child:-$server}
wait "$server" 2>/dev/null || true
start
curl -sS --user public:private "$url" | grep -q '"Name" : "Newsletter"'
kill -TERM "$server"
wait "$server"
server=
! grep -q readyz "$work/log" || { echo 'the probe fills the log' >&2; exit 1; }
echo 'docker steps: ok'
