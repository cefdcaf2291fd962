# Runs one instance: instance.sh DIRECTORY PATIENCE COMMAND...
#
# COMMAND becomes the leader of a process group of its own, with its output in DIRECTORY/console.log. The leader's process id
# is printed once it runs, and its exit status once it has ended. The instance is up for as long as any process of it
# lives; then this script exits with 0. When standard input closes, which the system does for a parent that is killed too,
# all of them get TERM, and after PATIENCE seconds KILL.
#
# Every process of the group holds the writing end of a pipe. Its end of file tells that all of them are gone, without
# polling, and without mistaking one that is dead but not yet reaped for a living one. A daemon leaves the group, and may close
# the pipe; it is found among the members of the tree (tree.sh).

directory=$1 patience=$2
shift 2

# A Ctrl-C at the terminal is for the cloud, which ends its instances itself.
trap '' INT QUIT HUP TSTP

mkfifo "$directory/alive" || exit 1
exec 8<> "$directory/alive"
exec 7< "$directory/alive"
rm "$directory/alive"

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
    leaving=$(members "$directory" "$group")
    kill -TERM -- "-$group" $leaving
    # More than 128 says that the time is up, and less that nobody has the pipe.
    read -r -t "$patience" _ <&7
    late=$?
    for daemon in $leaving; do
        [ $late -gt 128 ] || await "$daemon" "$patience"
    done
    kill_members "$directory" "$group"
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
while daemon=$(members "$directory" "$group" | head -n 1) && [ -n "$daemon" ]; do
    await "$daemon"
done
kill -KILL -- "-$group"
kill -KILL -- "-$watcher"
exit 0
