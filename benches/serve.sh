#!/usr/bin/env bash
# How quickly `readout serve` answers on a large file, and how much memory it takes:
#
#   benches/serve.sh FILE [SECONDS]
#
# Wants wrk and sqlite3. Two clients ask for 1,000 stories, documents, actors, searches and lists of the file, picked the
# same way every time. One line for each: requests, milliseconds at the 50th, 95th and 99th percentile and at most,
# answers that were errors, and the largest memory of the server so far in megabytes.
set -euo pipefail
file=$(realpath "$1")
seconds=${2:-10}
here=$(dirname "$(realpath "$0")")
readout=${READOUT:-$here/../target/release/readout}
port=${PORT:-8197}
work=$(mktemp -d)
trap 'kill $server 2>/dev/null || true; rm -r "$work"' EXIT

ask() { sqlite3 -readonly "$file" "$1"; }
# Every so many rows, so that they come from all of the file.
some() { echo "WHERE $1 IN (SELECT $1 FROM $2 ORDER BY $1 * 7919 % 1000003 LIMIT 1000)"; }
ask "SELECT '/stories/' || id FROM links $(some number "links WHERE kind = 'story'")" >"$work/story"
ask "SELECT '/stories/' || id FROM links WHERE kind = 'story' ORDER BY size DESC LIMIT 200" >"$work/large-story"
ask "SELECT '/documents/' || id FROM documents $(some number documents)" >"$work/document"
ask "SELECT '/actors/' || id FROM links $(some number "links WHERE kind = 'actor'")" >"$work/actor"
ask "SELECT '/actors/' || id FROM links WHERE kind = 'actor' ORDER BY size DESC LIMIT 200" >"$work/known-actor"
ask "SELECT '/search?q=' || word FROM (SELECT substr(text, 1, instr(text, ' ') - 1) AS word FROM documents $(some number documents))" >"$work/search"
ask "SELECT '/search?q=' || first || '%20' || second FROM (SELECT substr(text, 1, instr(text, ' ') - 1) AS first,
  substr(title, instr(title, ' ') + 1, instr(substr(title, instr(title, ' ') + 1), ' ') - 1) AS second FROM documents $(some number documents))" >"$work/search-two"
for word in said met over; do
  ask "SELECT '/search?q=$word&since=' || day FROM (SELECT DISTINCT day FROM document_facets WHERE day <> '' LIMIT 300)"
done >"$work/search-common"
ask "SELECT '/?after=' || day || '~' || id FROM links $(some number "links WHERE kind = 'story'")" >"$work/stories"
ask "SELECT '/actors?after=' || size || '~' || id FROM links $(some number "links WHERE kind = 'actor'")" >"$work/actors"
ask "SELECT '/sources?after=' || day || '~' || document FROM document_facets $(some document document_facets)" >"$work/sources"
ask "SELECT '/api/v1/statements?story=' || id FROM links $(some number "links WHERE kind = 'story'")" >"$work/api-story"
ask "SELECT '/api/v1/statements?actor=' || id FROM links WHERE kind = 'actor' ORDER BY size DESC LIMIT 200" >"$work/api-actor"
ask "SELECT '/api/v1/documents?cursor=' || day || '~' || document FROM document_facets $(some document document_facets)" >"$work/api-documents"
# Pages of the whole file, each asked for one month and for all: what is made once is kept until the file changes.
for page in "" timeline positions issues quotes agreements incidents network map compare differences; do
  echo "/$page" >>"$work/whole"
  ask "SELECT '/$page?since=' || substr(day, 1, 7) FROM (SELECT DISTINCT substr(day, 1, 7) AS day FROM document_facets WHERE day <> '' ORDER BY day DESC LIMIT 6)" >>"$work/whole-months"
done

"$readout" serve --file "$file" --port "$port" >"$work/log" 2>&1 &
server=$!
for _ in $(seq 50); do
  wrk -t1 -c1 -d1s "http://127.0.0.1:$port/" >/dev/null 2>&1 && break
  sleep 0.1
done
memory() { awk '/VmHWM/ { printf "%.0f\n", $2 / 1000 }' "/proc/$server/status"; }
printf '%-14s %8s %8s %8s %8s %8s %7s %6s\n' page requests p50 p95 p99 most errors MB
for page in story large-story document actor known-actor search search-two search-common stories actors sources api-story api-actor api-documents whole whole-months; do
  [ -s "$work/$page" ] || continue
  line=$(wrk -t2 -c2 "-d${seconds}s" --timeout 30s -s "$here/serve.lua" "http://127.0.0.1:$port" -- "$work/$page" | tail -1)
  printf '%-14s %s %6s\n' "$page" "$line" "$(memory)"
done
