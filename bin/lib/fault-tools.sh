# What wrong clocks and bad disks in the tests of failures are made with. Without them those faults
# are left out, which is said.
install_fault_tools() {
  local me=$1 missing=()
  compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' >/dev/null || missing+=(libfaketime)
  command -v cc >/dev/null 2>&1 || missing+=(gcc libc6-dev)
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "$me: installing Debian's ${missing[*]}" >&2
    apt-get -qq update >&2 || true
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" >&2 && return
  fi
  echo "$me: without ${missing[*]} (Debian: apt-get install ${missing[*]}) there are no wrong clocks or no bad disks" >&2
}
