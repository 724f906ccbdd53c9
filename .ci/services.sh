#!/usr/bin/env bash
# Installs (Debian packages) and starts what the tests talk to: PostgreSQL, MariaDB and Redis on ports of
# their own, and a browser. Quick when all of it runs. Their data is kept in .cache/services, or in /var/tmp
# where the users of the databases cannot enter the checkout (a folder of mode 700 above it, such as /root).
# usage: bash .ci/services.sh [stop]
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PATH:/usr/sbin:/sbin"  # where runuser lies, which some users' PATH leaves out
pg_port=${POC_GATE_POSTGRES_PORT:-55432} my_port=${POC_GATE_MYSQL_PORT:-53306} redis_port=${POC_GATE_REDIS_PORT:-56379}

say() { printf 'poc-gate: %s\n' "$*" >&2; }
root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
pg_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }
# PostgreSQL and MariaDB refuse to run as root: as root they run as their own users.
as() { local user=$1; shift; if [ "$(id -u)" = 0 ]; then runuser -u "$user" -- "$@"; else "$@"; fi; }
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# step WHAT LOG COMMAND...: runs it with its output in LOG; a failure names the step and shows the log's end.
step() {
  local what=$1 log=$2; shift 2
  "$@" >>"$log" 2>&1 </dev/null && return 0
  local code=$?
  say "$what failed (exit $code); the end of $log:"
  tail -n 25 "$log" >&2
  exit "$code"
}
wait_for() {
  local what=$1 port=$2 log=$3
  for _ in $(seq 150); do answers "$port" && return 0; sleep 0.2; done
  say "$what does not answer on port $port after 30 s; the end of $log:"
  tail -n 25 "$log" >&2 || true
  exit 1
}

# ends WHAT PROCESS: waits until a process that was asked to end has ended; one that nobody collects has ended too.
ends() {
  local state
  for _ in $(seq 300); do
    state=$(cut -d' ' -f3 "/proc/$2/stat" 2>/dev/null) || return 0
    [ "$state" = Z ] && return 0
    sleep 0.1
  done
  say "$1 (process $2) still runs 30 s after it was asked to end"
  exit 1
}

# in_the_checkout USER...: whether all of these users can reach files below the checkout.
in_the_checkout() {
  [ "$(id -u)" = 0 ] || return 0
  local user
  for user in "$@"; do runuser -u "$user" -- test -x "$PWD" 2>/dev/null || return 1; done
}
place_of_data() {
  if in_the_checkout postgres mysql; then printf '%s\n' "$PWD/.cache/services"; return; fi
  printf '/var/tmp/poc-gate-services-%s\n' "$(printf '%s' "$PWD" | cksum | cut -d' ' -f1)"
}

if [ "${1:-}" = stop ]; then
  state=$(place_of_data)
  [ -d "$state/postgres" ] && as postgres "$(pg_bin)/pg_ctl" -D "$state/postgres" stop -m fast || true
  if [ -f "$state/mariadb/mariadb.pid" ]; then
    process=$(cat "$state/mariadb/mariadb.pid")
    { kill "$process" 2>/dev/null || root kill "$process"; } && ends MariaDB "$process" || true
  fi
  answers $redis_port && redis-cli -p $redis_port shutdown nosave || true
  exit 0
fi

missing=()
[ -n "$(pg_bin)" ] || missing+=(postgresql)
command -v mariadbd >/dev/null || [ -x /usr/sbin/mariadbd ] || missing+=(mariadb-server)
command -v redis-server >/dev/null || missing+=(redis-server)
command -v chromium >/dev/null || missing+=(chromium)
command -v zsh >/dev/null || missing+=(zsh)
command -v fish >/dev/null || missing+=(fish)
command -v lstopo-no-graphics >/dev/null || missing+=(hwloc-nox)
command -v git >/dev/null || missing+=(git)
command -v ssh-keygen >/dev/null || missing+=(openssh-client)
[ -x /usr/sbin/sshd ] || missing+=(openssh-server)
[ -f /usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf ] || missing+=(fonts-dejavu-core)
command -v clang >/dev/null || missing+=(clang)
ls /usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.tsan* >/dev/null 2>&1 || missing+=(libclang-rt-dev)
command -v aarch64-linux-gnu-gcc >/dev/null || missing+=(gcc-aarch64-linux-gnu libc6-dev-arm64-cross)
command -v qemu-aarch64 >/dev/null || missing+=(qemu-user)
command -v prometheus >/dev/null || missing+=(prometheus)
command -v taskset >/dev/null || missing+=(util-linux)
ls /usr/lib/*/libpangoft2-1.0.so.0 >/dev/null 2>&1 || missing+=(libpango-1.0-0 libpangoft2-1.0-0)
ls /usr/lib/*/libharfbuzz-subset.so.0 >/dev/null 2>&1 || missing+=(libharfbuzz-subset0)
if [ ${#missing[@]} -gt 0 ]; then
  say "installing ${missing[*]} (Debian packages) for the tests"
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  step "apt-get update" "$log" root apt-get update -qq
  step "apt-get install ${missing[*]}" "$log" root apt-get install -y -qq --no-install-recommends "${missing[@]}"
  rm -f "$log"
fi

# Nothing is forced onto the disk: they hold nothing but what tests put there.
state=$(place_of_data)
mkdir -p "$state"
[ "$(id -u)" = 0 ] && chmod a+rx "$state"
[ "$state" = "$PWD/.cache/services" ] && chmod a+rx "$state/.."

if ! answers $pg_port; then
  log=$state/postgres.log
  if [ ! -f "$state/postgres/PG_VERSION" ]; then
    mkdir -p "$state/postgres"
    [ "$(id -u)" = 0 ] && chown -R postgres "$state/postgres"
    # A bare machine names no language; the encoding of the database must not depend on that.
    step "initdb of PostgreSQL" "$log" as postgres "$(pg_bin)/initdb" -D "$state/postgres" -A trust -U postgres \
      --encoding=UTF8 --locale=C.UTF-8 --no-sync
  fi
  step "starting PostgreSQL" "$log" as postgres "$(pg_bin)/pg_ctl" -D "$state/postgres" -l "$state/postgres/server.log" -w \
    -o "-p $pg_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$state/postgres -c fsync=off" start
fi
if ! answers $my_port; then
  log=$state/mariadb.log
  mariadbd=$(command -v mariadbd || echo /usr/sbin/mariadbd)
  if [ ! -d "$state/mariadb/mysql" ]; then
    mkdir -p "$state/mariadb"
    [ "$(id -u)" = 0 ] && chown -R mysql "$state/mariadb"
    step "making MariaDB's tables" "$log" as mysql mariadb-install-db --no-defaults --datadir="$state/mariadb" \
      --auth-root-authentication-method=normal
  fi
  as mysql "$mariadbd" --no-defaults --datadir="$state/mariadb" --port=$my_port --bind-address=127.0.0.1 \
    --socket="$state/mariadb/mariadb.sock" --pid-file="$state/mariadb/mariadb.pid" \
    --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 >>"$log" 2>&1 </dev/null &
  disown
fi
answers $redis_port || step "starting Redis" "$state/redis-start.log" redis-server --port $redis_port --bind 127.0.0.1 \
  --save "" --appendonly no --daemonize yes --dir "$state" --logfile "$state/redis.log"
wait_for PostgreSQL $pg_port "$state/postgres.log"
wait_for MariaDB $my_port "$state/mariadb.log"
wait_for Redis $redis_port "$state/redis.log"
