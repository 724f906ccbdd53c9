#!/usr/bin/env bash
# Installs (Debian packages) and starts what the tests talk to: PostgreSQL, MariaDB, Redis on
# ports of their own with their data below .cache/services, and a browser. Quick when all of it runs.
# usage: bash .ci/services.sh [stop]
set -euo pipefail
cd "$(dirname "$0")/.."
state=$PWD/.cache/services
mkdir -p "$state"
pg_port=55432 my_port=53306 redis_port=56379

say() { printf '%s\n' "$*" >&2; }
root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
pg_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }
# PostgreSQL and MariaDB refuse to run as root: as root they run as their own users.
as() { local user=$1; shift; if [ "$(id -u)" = 0 ]; then runuser -u "$user" -- "$@"; else "$@"; fi; }
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
wait_for() { for _ in $(seq 100); do answers "$1" && return 0; sleep 0.2; done; say "poc-gate: nothing answers on port $1 -> see $state/*.log"; return 1; }

if [ "${1:-}" = stop ]; then
  [ -d "$state/postgres" ] && as postgres "$(pg_bin)/pg_ctl" -D "$state/postgres" stop -m fast || true
  [ -f "$state/mariadb/mariadb.pid" ] && root kill "$(cat "$state/mariadb/mariadb.pid")" || true
  answers $redis_port && redis-cli -p $redis_port shutdown nosave || true
  exit 0
fi

missing=()
[ -n "$(pg_bin)" ] || missing+=(postgresql)
command -v mariadbd >/dev/null || [ -x /usr/sbin/mariadbd ] || missing+=(mariadb-server)
command -v redis-server >/dev/null || missing+=(redis-server)
command -v chromium >/dev/null || missing+=(chromium)
command -v lstopo-no-graphics >/dev/null || missing+=(hwloc-nox)
command -v git >/dev/null || missing+=(git)
[ -f /usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf ] || missing+=(fonts-dejavu-core)
command -v clang >/dev/null || missing+=(clang)
ls /usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.tsan* >/dev/null 2>&1 || missing+=(libclang-rt-dev)
command -v aarch64-linux-gnu-gcc >/dev/null || missing+=(gcc-aarch64-linux-gnu libc6-dev-arm64-cross)
command -v qemu-aarch64 >/dev/null || missing+=(qemu-user)
command -v taskset >/dev/null || missing+=(util-linux)
ls /usr/lib/*/libpangoft2-1.0.so.0 >/dev/null 2>&1 || missing+=(libpango-1.0-0 libpangoft2-1.0-0)
ls /usr/lib/*/libharfbuzz-subset.so.0 >/dev/null 2>&1 || missing+=(libharfbuzz-subset0)
if [ ${#missing[@]} -gt 0 ]; then
  say "poc-gate: installing ${missing[*]} (Debian packages) for the tests"
  export DEBIAN_FRONTEND=noninteractive
  root apt-get update -qq >/dev/null
  root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

if ! answers $pg_port; then
  if [ ! -f "$state/postgres/PG_VERSION" ]; then
    mkdir -p "$state/postgres"
    [ "$(id -u)" = 0 ] && chown -R postgres "$state/postgres" && chmod a+rx "$state" "$state/.."
    as postgres "$(pg_bin)/initdb" -D "$state/postgres" -A trust -U postgres >"$state/postgres.log" 2>&1
  fi
  as postgres "$(pg_bin)/pg_ctl" -D "$state/postgres" -l "$state/postgres/server.log" -w \
    -o "-p $pg_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$state/postgres" start >>"$state/postgres.log" 2>&1
fi
if ! answers $my_port; then
  mariadbd=$(command -v mariadbd || echo /usr/sbin/mariadbd)
  if [ ! -d "$state/mariadb/mysql" ]; then
    mkdir -p "$state/mariadb"
    [ "$(id -u)" = 0 ] && chown -R mysql "$state/mariadb" && chmod a+rx "$state" "$state/.."
    as mysql mariadb-install-db --no-defaults --datadir="$state/mariadb" --auth-root-authentication-method=normal >"$state/mariadb.log" 2>&1
  fi
  as mysql "$mariadbd" --no-defaults --datadir="$state/mariadb" --port=$my_port --bind-address=127.0.0.1 \
    --socket="$state/mariadb/mariadb.sock" --pid-file="$state/mariadb/mariadb.pid" >>"$state/mariadb.log" 2>&1 </dev/null &
  disown
fi
answers $redis_port || redis-server --port $redis_port --bind 127.0.0.1 --save "" --appendonly no --daemonize yes \
  --dir "$state" --logfile "$state/redis.log" >/dev/null
wait_for $pg_port; wait_for $my_port; wait_for $redis_port
