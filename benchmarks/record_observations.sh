#!/usr/bin/env bash
# Records what real tools write of a running pilot, as test data: each part by a script of its own, `record_*.sh` beside this one.
# usage: bash benchmarks/record_observations.sh [part ...]      parts: the names behind `record_`, such as traces; all when none is named
# Heavy (it installs the tools, starts services and waits); `.ci/run` uses what was recorded.
set -euo pipefail
cd "$(dirname "$0")"
for script in record_*.sh; do
  part=${script#record_} part=${part%.sh}
  [ "$part" = observations ] && continue
  if [ $# = 0 ] || [[ " $* " == *" $part "* ]]; then
    echo "recording $part"
    bash "$script"
  fi
done
