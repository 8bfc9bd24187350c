#!/usr/bin/env bash
# A real Apache Kafka broker from Maven Central, in the foreground: broker.sh DIR PORT [CONTROLLER_PORT]
#
# DIR keeps configuration and data: started again on the same DIR, after whatever death, it recovers what it held.
# KAFKA_JARS  folder of the jars, shared by all brokers   (default: ~/.cache/jingzhun/kafka-4.1.0)
# KAFKA_EXTRA file of properties that come after ours     (listeners with TLS and SASL, for example)
# KAFKA_FORMAT arguments of the first format           (users of SCRAM, for example)
# KAFKA_HEAP  memory of the broker                        (default: 384m)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mkdir -p "$1" && cd "$1" && pwd)
port=$2
controller=${3:-$((port + 1))}
jars=${KAFKA_JARS:-${XDG_CACHE_HOME:-$HOME/.cache}/jingzhun/kafka-4.1.0}

for tool in java mvn; do
  command -v "$tool" > /dev/null || { echo "broker.sh: $tool is missing (Debian: default-jdk-headless maven)" >&2; exit 69; }
done

# Into a folder of its own first: a download that was killed leaves no half set of jars.
if [ ! -d "$jars" ]; then
  mkdir -p "$(dirname "$jars")"
  fetched=$(mktemp -d "$jars.XXXXXX")
  trap 'rm -rf "$fetched"' EXIT
  mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$fetched" >&2
  mv -T "$fetched" "$jars" 2> /dev/null || rm -rf "$fetched"
  trap - EXIT
fi

cat "$here/server.properties" ${KAFKA_EXTRA:+"$KAFKA_EXTRA"} |
  sed "s|@PORT@|$port|g; s|@CONTROLLER@|$controller|g; s|@DIR@|$dir|g" > "$dir/server.properties"

if [ ! -f "$dir/data/meta.properties" ]; then
  id=$(java -cp "$jars/*" kafka.tools.StorageTool random-uuid 2> /dev/null | tail -n 1)
  java -cp "$jars/*" kafka.tools.StorageTool format -c "$dir/server.properties" -t "$id" ${KAFKA_FORMAT:-} > /dev/null
fi
exec java "-Xmx${KAFKA_HEAP:-384m}" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$jars/*" kafka.Kafka "$dir/server.properties"
