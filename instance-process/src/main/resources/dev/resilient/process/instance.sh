# Runs one instance: instance.sh DIRECTORY PATIENCE COMMAND...
#
# COMMAND becomes the leader of a process group of its own, with its output in DIRECTORY/console.log. The leader's process id
# is printed once it runs, and its exit status once it has ended. The instance is up for as long as any process of it
# lives; then this script exits with 0. When standard input closes, which the system does for a parent that is killed too,
# all of them get TERM, and after PATIENCE seconds KILL.
#
# Every process of the group holds the writing end of a pipe. Its end of file tells that all of them are gone, without
# polling, and without mistaking one that is dead but not yet reaped for a living one. A daemon leaves the group, and may close
# the pipe; it is known by the variable INSTANCE_TREE=DIRECTORY/ that it was born with, as are those of a tree below.

directory=$1 patience=$2
shift 2

# A Ctrl-C at the terminal is for the cloud, which ends its instances itself.
trap '' INT QUIT HUP TSTP

mkfifo "$directory/alive" || exit 1
exec 8<> "$directory/alive"
exec 7< "$directory/alive"
rm "$directory/alive"

# The process ids of those that live outside the group.
daemons() {
    local file stat
    for file in $(grep -lFz -- "INSTANCE_TREE=$directory/" /proc/[0-9]*/environ); do
        # Behind the name, which may have anything in it, come the state, the parent and the group.
        read -r -d '' stat < "${file%environ}stat"
        set -- ${stat##*) }
        [ "$1" = Z ] || [ "$3" = "$group" ] || echo "${file//[!0-9]/}"
    done
} 2> /dev/null

# Waits until a process that is no child has ended, which it looks for once a second, or so many seconds.
await() { timeout "${2:-0}" tail -f --pid="$1" /dev/null; }

set -m
(
    trap - INT QUIT HUP TSTP
    export INSTANCE_TREE=$directory/
    exec "$@"
) < /dev/null >> "$directory/console.log" 2>&1 7<&- 9>&8 8>&- &
group=$!
{
    read -r _
    leaving=$(daemons)
    kill -TERM -- "-$group" $leaving
    # More than 128 says that the time is up, and less that nobody has the pipe.
    read -r -t "$patience" _ <&7
    late=$?
    for daemon in $leaving; do
        [ $late -gt 128 ] || await "$daemon" "$patience"
    done
    for _ in {1..50}; do
        leaving=$(daemons)
        [ -n "$leaving" ] || break
        kill -KILL $leaving
    done
    [ $late -gt 128 ] || exit
    kill -KILL -- "-$group"
    # Who is killed is not gone at once.
    read -r -t 1 _ <&7
    kill -KILL "$$"
} <&0 > /dev/null 8>&- &
watcher=$!
# From here on nothing may be started in the foreground of a terminal.
set +m
exec < /dev/null 8>&-

echo "$group"
wait "$group"
echo $?
exec > /dev/null
read -r _ <&7
while daemon=$(daemons | head -n 1) && [ -n "$daemon" ]; do
    await "$daemon"
done
kill -KILL -- "-$group"
kill -KILL -- "-$watcher"
exit 0
