#!/usr/bin/env bash
# verdict.sh LOG CODE ASSEMBLY...: adds up what was reported in the log of `dotnet test`, which ended with CODE. An
# assembly that did not report has failed once, and a run that failed without a failing test has too.
# Prints one line, the verdict; says why on stderr.
set -euo pipefail
readonly log=$1 code=$2
shift 2

passed=0 failed=0 skipped=0 reported=' '
readonly report='^(Passed|Failed|Skipped)! +- Failed: +([0-9]+), Passed: +([0-9]+), Skipped: +([0-9]+),.* - ([^ ]+\.dll) '

while IFS= read -r line; do
    if [[ $line =~ $report ]]; then
        failed=$((failed + BASH_REMATCH[2]))
        passed=$((passed + BASH_REMATCH[3]))
        skipped=$((skipped + BASH_REMATCH[4]))
        reported+="${BASH_REMATCH[5]} "
    fi
done <"$log"

for assembly in "$@"; do
    if [[ $reported != *" $assembly "* ]]; then
        echo "$assembly reported no results" >&2
        failed=$((failed + 1))
    fi
done

if grep -qE 'Test Run Aborted|The active test run was aborted' "$log"; then
    echo "a test run was aborted" >&2
    failed=$((failed + 1))
fi
if ((code != 0 && failed == 0)); then
    echo "dotnet test ended with $code" >&2
    failed=1
fi

verdict="$passed passed, $failed failed"
((skipped == 0)) || verdict+=", $skipped skipped"
echo "$verdict"
((failed == 0))
