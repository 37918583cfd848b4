# The Apicurio registry from Maven Central. Expects $project, the root of the source tree.

# unpack_apicurio ME DIR: into DIR, unless it is there already; ends the script if that fails.
unpack_apicurio() {
  local me=$1 home=$2 version plugin
  [ -f "$home/quarkus-run.jar" ] && return
  echo "Fetching the Apicurio registry from Maven Central" >&2
  version="$(sed -n 's/.*<apicurio.version>\(.*\)<.*/\1/p' "$project/pom.xml")"
  plugin="$(sed -n 's/.*<dependency-plugin.version>\(.*\)<.*/\1/p' "$project/pom.xml")"
  # The plugin keeps a marker in target that says "unpacked", wherever that was: overWriteReleases
  # has it unpack all the same. What stops half-way leaves nothing under the final name.
  rm -rf "$home.new" "$home"
  "$project/mvnw" -q -B -ntp -Dstyle.color=never -N "org.apache.maven.plugins:maven-dependency-plugin:$plugin:unpack" \
    -Dartifact="io.apicurio:apicurio-registry-app:$version:tar.gz:all" -DoutputDirectory="$home.new" \
    -Dmdep.overWriteReleases=true >&2 || {
    echo "$me: the Apicurio registry cannot be fetched; what Maven said is above" >&2
    exit 1
  }
  [ -f "$home.new/quarkus-run.jar" ] || {
    echo "$me: Maven unpacked the Apicurio registry, but $home.new has no quarkus-run.jar in it" >&2
    exit 1
  }
  mv "$home.new" "$home"
}
