# Read by every bash that gitlab-ci-local starts (BASH_ENV). Where that bash runs a job, all that the job prints
# goes through a filter which passes its beginning on and drops the rest, so that a job that prints without
# end costs neither memory nor disk. Slightly more passes than is shown: who shows it says that it was cut.
unset BASH_ENV NODE_COMPILE_CACHE
if [ -n "${CI_JOB_NAME:-}" ]; then
  exec > >(
    LC_ALL=C
    lines=0
    bytes=0
    while IFS= read -r -n 16384 line || [ -n "$line" ]; do
      printf '%s\n' "$line"
      lines=$((lines + 1))
      bytes=$((bytes + ${#line} + 1))
      if [ "$lines" -gt 10100 ] || [ "$bytes" -gt 2200000 ]; then
        break
      fi
    done
    exec cat > /dev/null
  ) 2>&1
fi
