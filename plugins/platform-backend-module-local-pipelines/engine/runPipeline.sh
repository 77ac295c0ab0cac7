#!/bin/sh
# runPipeline.sh <gitlab-ci-local> <option...>: names the jobs and runs them, side by side. Naming
# has a state directory of its own, so that the two never wait for each other.
cd "$CI_BUILDS/project" || exit 1
program=$1
shift
(
  node "$program" --list-json --state-dir .gitlab-ci-local/list "$@" \
    >"$CI_BUILDS/control/jobs.json.new" 2>/dev/null &&
    mv "$CI_BUILDS/control/jobs.json.new" "$CI_BUILDS/control/jobs.json"
) &
PATH="$CI_ENGINE/bin:$PATH" node "$program" --force-shell-executor --shell-isolation \
  --no-artifacts-to-source "$@"
code=$?
wait
exit "$code"
