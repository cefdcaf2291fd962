# Fetches the recommendation server, checks it and runs it. The settings above are prepended when the user data is made.
# Runs at every boot, as root on a real machine and as whoever runs the local cloud elsewhere. Bash 3.2 suffices.
set -euo pipefail
umask 022

METADATA="${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}"
METADATA="${METADATA%/}"
JVM_OPTIONS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx128m"
GUARD_JVM_OPTIONS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m"

say() { echo "boot-server: $*"; }
fail() {
    say "$*" >&2
    exit 1
}

# A machine of its own, which may be set up: root, systemd, and nobody has named another endpoint than AWS's.
# The local cloud always names one, so that this never touches the systemd of somebody's laptop.
is_machine() {
    [ "$(id -u)" = 0 ] && [ -d /run/systemd/system ] &&
        [ -z "${AWS_ENDPOINT_URL:-}" ] && [ -z "${AWS_EC2_METADATA_SERVICE_ENDPOINT:-}" ]
}

# Secrets reach curl through its standard input, since every user can read the command lines of all processes.
metadata() {
    printf 'header = "X-aws-ec2-metadata-token: %s"\n' "$TOKEN" |
        curl -sS --fail --noproxy '*' --max-time 5 --retry 3 --config - "$METADATA/latest/meta-data/$1"
}

json_string() { sed -n 's/.*"'"$1"'" *: *"\([^"]*\)".*/\1/p'; }

sha256() {
    if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

has_jar() { [ -f "$1" ] && [ "$(sha256 "$1")" = "$2" ]; } # file, its checksum

fetch_with_cli() { aws s3 cp --only-show-errors --region "$REGION" "s3://$BUCKET/$2" "$1"; }

fetch_with_curl() {
    local role credentials address
    role="$(metadata iam/security-credentials/)" || return 1
    credentials="$(metadata "iam/security-credentials/$role")" || return 1
    if [ -n "${AWS_ENDPOINT_URL:-}" ]; then
        address="${AWS_ENDPOINT_URL%/}/$BUCKET/$2"
    else
        address="https://$BUCKET.s3.$REGION.$(metadata services/domain)/$2"
    fi
    {
        printf 'user = "%s:%s"\n' "$(echo "$credentials" | json_string AccessKeyId)" \
            "$(echo "$credentials" | json_string SecretAccessKey)"
        printf 'header = "x-amz-security-token: %s"\n' "$(echo "$credentials" | json_string Token)"
    } | curl -sS --fail --max-time 120 --config - --aws-sigv4 "aws:amz:$REGION:s3" \
        -H 'x-amz-content-sha256: UNSIGNED-PAYLOAD' --output "$1" "$address"
}

# The AWS CLI is on Amazon Linux. It takes a second or more to start, which matters in the local cloud and not on AWS,
# so with an endpoint of the local cloud it is always curl.
fetch() { # into which file, the key
    if [ -z "${AWS_ENDPOINT_URL:-}" ] && aws --version 2>/dev/null | grep -q '^aws-cli/2'; then
        fetch_with_cli "$1" "$2"
    else
        fetch_with_curl "$1" "$2"
    fi
}

# A role's permissions reach a new instance with some delay, so a refusal is not final at first.
install_jar() { # into which file, the key, its checksum
    local attempt=1
    until fetch "$1.part" "$2"; do
        [ "$attempt" -lt 20 ] || fail "could not fetch $2 from the bucket $BUCKET"
        say "could not fetch $2 yet (attempt $attempt)"
        attempt=$((attempt + 1))
        sleep 2
    done
    [ "$(sha256 "$1.part")" = "$3" ] || fail "$2 in the bucket $BUCKET is not what was deployed"
    # A JVM takes an ahead-of-time cache only for a jar of the very same modification time.
    TZ=UTC touch -t 202601010000.00 "$1.part"
    mv -f "$1.part" "$1"
}

has_java() { java -version 2>&1 | grep -Eq 'version "(2[5-9]|[3-9][0-9])'; }

install_java() {
    has_java && return
    say "installing a JDK"
    dnf install -y -q java-25-amazon-corretto-headless >/dev/null
    has_java || fail "there is no JDK 25, and none could be installed"
}

# An unprivileged user that exists as long as the service does, with the right to bind a port below 1024 and no other.
# Not enabled: this script starts it at every boot.
run_under_systemd() {
    cat >/etc/systemd/system/recommendation-server.service <<UNIT
[Unit]
Description=Recommendation server of $DEPLOYMENT
Wants=network-online.target
After=network-online.target

[Service]
DynamicUser=yes
AmbientCapabilities=CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
NoNewPrivileges=yes
ExecStart=$(command -v java) $JVM_OPTIONS -jar $JAR ${SERVER_OPTIONS[*]}
Restart=on-failure
StandardOutput=journal+console
StandardError=journal+console
UNIT
    systemctl daemon-reload
    systemctl restart --no-block recommendation-server
}

# A guard beside the server: it needs no server, and the server does not need it. Whatever ends it, it is started again.
guard() {
    GUARD_JAR="$HOME_FOLDER/resilient-guard.jar"
    has_jar "$GUARD_JAR" "$GUARD_SHA256" || install_jar "$GUARD_JAR" "$GUARD_KEY" "$GUARD_SHA256"
    GUARD_OPTIONS=("$DEPLOYMENT" "$REGION" "$PACE" "$(metadata instance-id)")
    if is_machine; then
        guard_under_systemd
    else
        say "starting the guard"
        # The server's ahead-of-time cache is not for the guard.
        # shellcheck disable=SC2086 # the options are several words
        until env -u JDK_JAVA_OPTIONS java $GUARD_JVM_OPTIONS -jar "$GUARD_JAR" "${GUARD_OPTIONS[@]}"; do
            say "the guard has ended with status $?, and is started again"
            sleep 5
        done
    fi
}

guard_under_systemd() {
    cat >/etc/systemd/system/resilient-guard.service <<UNIT
[Unit]
Description=Guard of $DEPLOYMENT
Wants=network-online.target
After=network-online.target

[Service]
DynamicUser=yes
CapabilityBoundingSet=
NoNewPrivileges=yes
ExecStart=$(command -v java) $GUARD_JVM_OPTIONS -jar $GUARD_JAR ${GUARD_OPTIONS[*]}
Restart=always
RestartSec=5
StandardOutput=journal+console
StandardError=journal+console
UNIT
    systemctl daemon-reload
    systemctl restart --no-block resilient-guard
    say "the guard is started by systemd"
}

TOKEN="$(curl -sS --fail --noproxy '*' --max-time 5 --retry 5 --retry-connrefused -X PUT \
    -H 'X-aws-ec2-metadata-token-ttl-seconds: 600' "$METADATA/latest/api/token")"
REGION="$(metadata placement/region)"
ADDRESS="$(metadata local-ipv4)"

if is_machine; then
    HOME_FOLDER=/opt/resilient
    mkdir -p "$HOME_FOLDER"
else
    HOME_FOLDER="$PWD"
fi
JAR="$HOME_FOLDER/recommendation-server.jar"
SERVER_OPTIONS=(--host "$ADDRESS" --port "$PORT" --parameters "$PARAMETERS" --status-port "$STATUS_PORT"
    --heartbeats "$HEARTBEATS" --heartbeat-millis "$HEARTBEAT_MILLIS")

# After a reboot the jar is there already, and the credentials may not even be allowed to fetch it any more.
if has_jar "$JAR" "$SHA256"; then
    say "the server is here already"
else
    install_jar "$JAR" "$KEY" "$SHA256"
    say "fetched the server"
fi

if is_machine; then
    install_java
    run_under_systemd
    say "the server is started by systemd"
    [ -z "${GUARD_KEY:-}" ] || (guard) || say "there is no guard on this instance"
else
    [ -z "${GUARD_KEY:-}" ] || guard &
    say "starting the server"
    # shellcheck disable=SC2086 # the options are several words
    java $JVM_OPTIONS -jar "$JAR" "${SERVER_OPTIONS[@]}" || {
        # A machine whose server was killed goes on, and so does this one, for as long as something runs on it.
        say "the server has ended with status $?, and nobody starts it again before the next boot"
        exec sleep 1000000000
    }
fi
