# shellcheck shell=bash
# Steps with a name, a wall time and a count of tests. Sourced by ./run and ./test.

TESTS_PASSED=0
TESTS_FAILED=0
STEPS_FAILED=()
: "${STEP_LOGS:=target/step-logs}"

# step NAME COMMAND...: runs it, keeps its output in a log, prints how long it took.
# A failed step is remembered and does not stop the others; the caller decides by the return code.
step() {
  local name=$1 started=$SECONDS log status=0
  shift
  mkdir -p "$STEP_LOGS"
  log="$STEP_LOGS/${name//[^a-zA-Z0-9]/-}.log"
  printf '\n== %s\n' "$name"
  "$@" 2>&1 | tee "$log" || status=$?
  count_tests "$log" "$status"
  if [ "$status" -eq 0 ]; then
    printf '== %s: done in %s s\n' "$name" "$((SECONDS - started))"
  else
    printf '== %s: FAILED after %s s (output kept in %s)\n' "$name" "$((SECONDS - started))" "$log"
    STEPS_FAILED+=("$name")
  fi
  return "$status"
}

# Reads the closing lines of nextest, vitest and node's test runner.
# A failed step that counts no failed test is itself one failure.
count_tests() {
  local passed=0 failed=0 line plain
  plain=$(sed -e 's/\x1b\[[0-9;]*m//g' "$1")
  line=$(grep -E '^ *Summary \[|^ *Tests  +[0-9]' <<<"$plain" | tail -n 1 || true)
  if [ -n "$line" ]; then
    passed=$(number_before passed "$line")
    failed=$(($(number_before failed "$line") + $(number_before 'timed out' "$line")))
  elif grep -qE '^(#|ℹ) pass [0-9]+' <<<"$plain"; then
    passed=$(sed -nE 's/^(#|ℹ) pass ([0-9]+).*/\2/p' <<<"$plain" | tail -n 1)
    failed=$(sed -nE 's/^(#|ℹ) fail ([0-9]+).*/\2/p' <<<"$plain" | tail -n 1)
  fi
  if [ "$2" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  TESTS_PASSED=$((TESTS_PASSED + passed))
  TESTS_FAILED=$((TESTS_FAILED + failed))
}

number_before() {
  local found
  found=$(grep -oE "[0-9]+ $1" <<<"$2" | head -n 1 | grep -oE '^[0-9]+' || true)
  printf '%s' "${found:-0}"
}

# in_background NAME COMMAND...: starts it; `outcome_of NAME` waits for it, prints what it printed and returns its code.
in_background() {
  local place="$STEP_LOGS/$1.background"
  shift
  mkdir -p "$STEP_LOGS"
  rm -f "$place.code"
  (
    code=0
    "$@" >"$place" 2>&1 </dev/null || code=$?
    printf '%s\n' "$code" >"$place.code"
  ) &
}

# Not `wait`: a step runs in a pipe, where the command is not its child.
outcome_of() {
  local place="$STEP_LOGS/$1.background"
  until [ -s "$place.code" ]; do sleep 0.2; done
  cat "$place"
  return "$(cat "$place.code")"
}
