# Runs a script on an instance beside its user data: script.sh OUTPUT ERROR DIRECTORY COMMAND...
#
# COMMAND runs in DIRECTORY, with its output in the files OUTPUT and ERROR. This script ends, with the exit status of COMMAND,
# when COMMAND has ended and nobody can write to either of them any more. When the process group gets TERM, COMMAND alone
# takes it, so that what it still says is not lost.

output=$1 error=$2 directory=$3
shift 3
trap '' TERM
(
    (
        trap - TERM
        cd -- "$directory" && exec "$@"
    ) 2>&3 3>&- | cat > "$output" 3>&-
    exit "${PIPESTATUS[0]}"
) 3>&1 | cat > "$error"
exit "${PIPESTATUS[0]}"
