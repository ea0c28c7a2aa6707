# Starts a demo in a folder of its own, for the scripts beside it, and waits until it is ready; both end with the script.
# Read by a script in the root of the repository. TESSERA names the binary. It leaves `work`, the folder with the ready file in it,
# and `server`, the process.
tessera=${TESSERA:-target/debug/tessera}
work=$(mktemp -d)
"$tessera" demo --data "$work/data" --listen 127.0.0.1:0 --ready-file "$work/ready.json" 2>"$work/log" &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$work"' EXIT INT TERM
while [ ! -f "$work/ready.json" ]; do
    kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
    sleep 0.2
done
