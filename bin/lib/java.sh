# What the scripts in bin share: a Java that will do, and a build that is up to date.
# Expects $project, the root of the source tree or of an unpacked release, and $module, the module
# that runs (quickstart by default). A release is built already: creditflow.jar and lib/.
module=${module:-quickstart}

# Sets $java and $java_flags; ends the script with one line if there is no JDK that will do.
find_java() {
  local me=$1 version
  if [ -n "${JAVA_HOME:-}" ]; then
    java="$JAVA_HOME/bin/java"
    if [ ! -x "$java" ]; then
      echo "$me: JAVA_HOME is $JAVA_HOME, but there is no bin/java in it; point it to a JDK 17 or newer" >&2
      exit 1
    fi
  elif ! java="$(command -v java)"; then
    echo "$me: no java on the PATH; install a JDK 17 or newer (Debian: apt-get install openjdk-17-jdk) or set JAVA_HOME" >&2
    exit 1
  fi
  version="$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p')"
  case $version in
    1.*) version=${version#1.} ;;
  esac
  if [ -z "$version" ] || [ "$version" -lt 17 ]; then
    echo "$me: $java is Java ${version:-of an unknown version}; Creditflow needs 17 or newer, set JAVA_HOME to one" >&2
    exit 1
  fi
  java_flags=()
  if [ "$version" -ge 22 ]; then
    java_flags+=(--enable-native-access=ALL-UNNAMED) # RocksDB and compression are native
  fi
}

# Builds all modules without their tests, unless nothing changed since the last time. With
# "missing" as second argument only if they were never built: a command that talks to a running
# quickstart must not replace what that runs from.
build_if_stale() {
  local me=$1 when=${2:-stale} target="$project/$module/target"
  is_release && return
  is_built "$when" && return
  if [ ! -x "$(dirname "$(readlink -f "$java")")/javac" ]; then
    echo "$me: $java has no javac beside it; building needs a JDK, not only a runtime (Debian: apt-get install openjdk-17-jdk)" >&2
    exit 1
  fi
  if ! mkdir -p "$target" 2>/dev/null || [ ! -w "$target" ]; then
    echo "$me: cannot write to $target; building needs a source tree that can be written" >&2
    exit 1
  fi
  exec 9>"$target/build.lock"
  if command -v flock >/dev/null && ! flock -n 9; then
    echo "$me: waiting for another build in $project" >&2
    flock 9
  fi
  is_built "$when" || build "$me" "$target"
  exec 9>&-
}

is_release() {
  [ ! -f "$project/pom.xml" ]
}

# The git commit of the source tree, "-dirty" behind it if something was changed; nothing without git.
commit() {
  [ ! -e "$project/.git" ] || git -C "$project" describe --always --dirty --exclude '*' 2>/dev/null || true
}

is_built() {
  local stamp="$project/$module/target/built" sources=("$project/pom.xml") part
  local parts=(schemas streams-app dashboard query-api quickstart)
  [ "$module" = cluster ] && parts+=(testkit reference cluster)
  [ -f "$stamp" ] || return
  [ "$1" = missing ] && return
  for part in "${parts[@]}"; do
    [ -d "$project/$part/target/classes" ] || return
    sources+=("$project/$part/pom.xml" "$project/$part/src/main")
  done
  [ -z "$(find "${sources[@]}" -newer "$stamp" -print -quit)" ]
}

build() {
  local me=$1 target=$2 log="$2/build.log" fetched=0
  trap 'printf "\n%s: stopped while building; it goes on from there when started again\n" "$me" >&2; exit 130' INT
  touch "$target/built.new" # what is edited while it builds is newer than this
  printf 'Building (minutes the first time, while Maven fetches what it needs)' >&2
  if ! "$project/mvnw" -B -Dmaven.test.skip=true -Dcommit="$(commit)" -pl "$module" -am package 2>&1 9>&- |
    tee "$log" |
    while IFS= read -r line; do
      case $line in
        *"Downloaded from"*) fetched=$((fetched + 1)) && [ $((fetched % 25)) -ne 0 ] || printf '.' >&2 ;;
        *"Building Creditflow"*"::"*) line=${line##*:: }; printf ' · %s' "${line%% *}" >&2 ;;
      esac
    done; then
    printf '\n' >&2
    grep -m 5 '^\[ERROR\]' "$log" >&2 || tail -n 5 "$log" >&2
    echo "$me: the build failed; the whole of its output is in $log" >&2
    exit 1
  fi
  trap - INT
  printf ' · done\n' >&2
  mv "$target/built.new" "$target/built"
}

# What goes on the class path after build_if_stale.
runtime_classpath() {
  if is_release; then
    printf '%s' "$project/creditflow.jar:$project/lib/*"
    return
  fi
  printf '%s:%s' "$project/$module/target/classes" "$(cat "$project/$module/target/runtime.classpath")"
}

# print_version ME: what --version prints; does not return.
print_version() {
  find_java "$1"
  build_if_stale "$1" missing
  exec "$java" -cp "$(runtime_classpath)" io.creditflow.api.Creditflow --version
}
