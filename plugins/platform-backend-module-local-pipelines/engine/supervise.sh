#!/bin/sh
# supervise.sh <directory> <command...>: runs a command once, however often it is started for a
# directory, and leaves its exit code there. Lives on when the portal dies.
supervision=$1
shift
mkdir "$supervision/claimed" 2>/dev/null || exit 0
# Stays to write the exit code when its whole process group is told to stop. Handlers, unlike
# ignored signals, are not inherited.
trap : HUP INT TERM
echo "$$" >"$supervision/pid.new" && mv "$supervision/pid.new" "$supervision/pid"
"$@" </dev/null >"$supervision/engine.log" 2>&1
echo "$?" >"$supervision/exit.new" && mv "$supervision/exit.new" "$supervision/exit"
