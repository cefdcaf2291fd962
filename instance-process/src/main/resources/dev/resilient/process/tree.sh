# The processes of an instance are known by the variable INSTANCE_TREE=DIRECTORY/ that they were born with, as are those of a
# tree whose directory is below it. Functions for the scripts beside this one.

# The process ids of those that live in a tree, but for one process group: members DIRECTORY GROUP
members() {
    local group=$2 file stat
    for file in $(grep -lFz -- "INSTANCE_TREE=$1/" /proc/[0-9]*/environ); do
        # Behind the name, which may have anything in it, come the state, the parent and the group.
        read -r -d '' stat < "${file%environ}stat"
        set -- ${stat##*) }
        [ "$1" = Z ] || [ "$3" = "$group" ] || echo "${file//[!0-9]/}"
    done
} 2> /dev/null

# Kills these until none is left, since they may start others meanwhile.
kill_members() {
    local left
    for _ in {1..50}; do
        left=$(members "$@")
        [ -n "$left" ] || break
        kill -KILL $left
    done
}
