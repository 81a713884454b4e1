import { GUEST_USERS } from '../paths';
import type { GuestScript } from '../shell';

/** How long the application may take to end by itself. */
const END_SECONDS = 10;

/** virtio cuts serials to 20 characters (VIRTIO_BLK_ID_BYTES). */
const SERIAL_LENGTH = 20;

/**
 * Makes a file system only where `blkid` finds no signature of anything and the first MiB is all zeros: a volume whose
 * content is merely not understood is never written over.
 */
const MOUNT = `
wanted=$1 path=$2 owner=$3 device=
# Not by /dev/disk/by-id: udev makes that link half a second later under emulation.
look() {
  local file serial
  for file in /sys/block/vd*/serial; do
    read -r serial < "$file" || true
    [ "$serial" != "$wanted" ] || { file=\${file%/serial}; device=/dev/\${file##*/}; }
  done 2>/dev/null
  [ -n "$device" ] && [ -b "$device" ]
}
tries=0
until look; do
  tries=$((tries + 1))
  [ $tries -lt 150 ] || { echo "no disk $wanted appears" >&2; exit 1; }
  pause 0.02
done
if [[ $(< /proc/mounts) == *" $path "* ]]; then
  while read -r source target rest; do
    if [ "$target" = "$path" ]; then
      [ "$source" = "$device" ] || refuse "$source is mounted at $path"
      exit 0
    fi
  done < /proc/mounts
fi
[ -d "$path" ] || mkdir -p "$path"
attempt() { busybox mount -t ext4 -o noatime,nodev,nosuid "$device" "$path"; }
attempt 2>/dev/null && exit
code=0
type=$(blkid --probe --output value --match-tag TYPE "$device") || code=$?
if [ $code = 2 ]; then
  cmp --silent --bytes=1048576 "$device" /dev/zero || refuse "$device is not empty and has no file system"
  mkfs.ext4 -q -m 0 -E lazy_itable_init=1,lazy_journal_init=1,nodiscard "$device"
elif [ "$type" != ext4 ]; then
  refuse "$device has \${type:-something that is no ext4}"
fi
attempt
chown $owner:$owner "$path"
chmod 0750 "$path"
`;

export const mountScript = (volumeId: string, mountPath: string): GuestScript => ({
  what: 'Mounting the volume',
  body: MOUNT,
  args: [volumeId.slice(0, SERIAL_LENGTH), mountPath, String(GUEST_USERS.workload.id)],
});

/** A lazy unmount would say done while something still writes: a busy volume is an error. */
export const UNMOUNT = `unmount() {
  local tries=0
  while [[ $(< /proc/mounts) == *" $1 "* ]]; do
    busybox umount "$1" 2>/dev/null && continue
    tries=$((tries + 1))
    [ $tries -lt 20 ] || { umount "$1"; exit 1; }
    pause 0.05
  done
}
`;

export const unmountScript = (mountPath: string): GuestScript => ({
  what: 'Unmounting the volume',
  // An application that stood by took it when it was mounted, and ends first.
  body: `${UNMOUNT}! runs workload || shut workload TERM ${END_SECONDS}
unmount "$1"
`,
  args: [mountPath],
});
