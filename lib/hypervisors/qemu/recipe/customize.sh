#!/bin/sh
# Turns a fresh root file system into Headroom's guest image. mmdebstrap runs it as its last hook.
#   customize.sh ROOT OUT RECIPE KERNEL_PACKAGE DISK_SIZE USER:ID…
# Leaves root.img, vmlinuz, initrd and kernel-version in OUT.
set -eu
root=$1 out=$2 recipe=$3 kernel_package=$4 disk_size=$5
shift 5
stage() { echo "HEADROOM-STAGE $1"; }

stage "Fetching the guest's kernel"
# --- kernel: unpacked, not installed, so that no initramfs is generated for drivers that a guest never sees
debs=$out/debs
mkdir -p "$debs"
export APT_CONFIG="$MMDEBSTRAP_APT_CONFIG"
newest() { apt-cache depends --important "$1" | sed -n "s/^ *Depends: *\($2[^ ]*\)$/\1/p" | head -n 1; }
image=$(newest "$kernel_package" linux-image-)
[ -n "$image" ] || { echo "no kernel behind $kernel_package" >&2; exit 1; }
modules=$(newest "$image" linux-modules-)
# shellcheck disable=SC2086  # an empty $modules must vanish: only Ubuntu has the modules apart
(cd "$debs" && apt-get download $image $modules)
for deb in "$debs"/*.deb; do dpkg-deb -x "$deb" "$debs/tree"; done
cp "$debs"/tree/boot/vmlinuz-* "$out/vmlinuz"
mkdir -p "$root/usr/lib/modules"
cp -a "$debs"/tree/lib/modules/* "$root/usr/lib/modules/" 2>/dev/null || cp -a "$debs"/tree/usr/lib/modules/* "$root/usr/lib/modules/"
version=$(ls "$root/usr/lib/modules" | head -n 1)
echo "$version" > "$out/kernel-version"
rm -rf "$debs"
for unused in arch/x86/kvm sound drivers/ata drivers/cpufreq drivers/gpu drivers/hid drivers/infiniband drivers/media drivers/md \
  drivers/net/ethernet drivers/net/wireless drivers/scsi drivers/usb; do
  rm -rf "$root/usr/lib/modules/$version/kernel/$unused"
done
chroot "$root" depmod "$version"

stage "Packing the initial RAM disk"
# --- initrd: the few modules that lead to the root disk and to the guest's devices
work=$out/initrd.d
mkdir -p "$work/bin" "$work/modules"
cp "$root/bin/busybox" "$work/bin/busybox"
cp "$recipe/initrd-init" "$work/init"
chmod 0755 "$work/init" "$work/bin/busybox"
n=100
for wanted in virtio_pci virtio_blk virtio_console virtio_balloon virtio_rng crc32c_generic ext4; do
  chroot "$root" modprobe --show-depends -S "$version" "$wanted" | sed -n 's/^insmod \([^ ]*\).*/\1/p'
done | awk '!seen[$0]++' > "$out/module-list"
while read -r module; do
  n=$((n + 1))
  name=$(basename "$module")
  case $name in
    *.xz) xz -dc "$root$module" > "$work/modules/$n-${name%.xz}" ;;
    *.zst) zstd -qdc "$root$module" > "$work/modules/$n-${name%.zst}" ;;
    *) cp "$root$module" "$work/modules/$n-$name" ;;
  esac
done < "$out/module-list"
(cd "$work" && find . | cpio --quiet -o -H newc -R 0:0 | gzip -1 > "$out/initrd")
rm -rf "$work" "$out/module-list"

# --- configuration of the guest
# Copied without owners and over existing links: in a merged-/usr system /lib and /sbin are links.
(cd "$recipe/files" && find . -type f) | while read -r file; do
  mkdir -p "$root/$(dirname "$file")"
  cp --remove-destination "$recipe/files/$file" "$root/$file"
  chmod 0644 "$root/$file"
done
echo headroom > "$root/etc/hostname"
printf '127.0.0.1 localhost\n::1 localhost\n' > "$root/etc/hosts"
rm -f "$root/etc/resolv.conf"
: > "$root/etc/resolv.conf"
echo 00000000000000000000000000000001 > "$root/etc/machine-id"
rm -f "$root/var/lib/dbus/machine-id" "$root"/etc/ssh/ssh_host_* "$root/var/lib/systemd/random-seed"
for user in "$@"; do
  chroot "$root" groupadd --gid "${user#*:}" "${user%:*}"
  chroot "$root" useradd --uid "${user#*:}" --gid "${user#*:}" --no-create-home --home-dir /nonexistent \
    --shell /usr/sbin/nologin "${user%:*}"
done

# Clustering starts what it configures; until then nothing listens.
for unit in haproxy keepalived nginx; do chroot "$root" systemctl disable "$unit.service" >/dev/null 2>&1 || true; done
# A guest that idles must not wake up: no timers, and nothing that waits for devices which a guest never has.
for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service \
  fstrim.timer systemd-tmpfiles-clean.timer getty@tty1.service getty-static.service systemd-timesyncd.service \
  systemd-logind.service dev-hugepages.mount dev-mqueue.mount sys-kernel-debug.mount sys-kernel-tracing.mount \
  modprobe@configfs.service modprobe@dm_mod.service modprobe@drm.service modprobe@fuse.service modprobe@loop.service \
  systemd-networkd-wait-online.service systemd-update-utmp.service systemd-update-utmp-runlevel.service \
  systemd-pstore.service systemd-firstboot.service systemd-fsck-root.service ipvsadm.service; do
  chroot "$root" systemctl mask "$unit" >/dev/null 2>&1 || true
done
chroot "$root" systemctl enable qemu-guest-agent.service headroom-boot.service headroom-workload.service \
  headroom-proxy.service headroom-director.service headroom-vrrp.service >/dev/null 2>&1 || true
chroot "$root" systemctl set-default multi-user.target >/dev/null 2>&1

rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/* "$root"/var/cache/debconf/*-old "$root"/usr/share/doc/* \
  "$root"/usr/share/man/* "$root"/usr/share/locale/* "$root"/var/log/*.log 2>/dev/null || true
rm -f "$root/etc/apt/apt.conf.d/99mmdebstrap"

# What udev does for each device that appears takes an emulated guest longer than the device: only what is needed stays.
for rule in "$root"/usr/lib/udev/rules.d/*.rules; do
  case ${rule##*/} in
    50-udev-default.rules | 60-block.rules | 60-persistent-storage.rules | 60-qemu-guest-agent.rules | 80-drivers.rules | \
      99-systemd.rules) ;;
    *) rm -f "$rule" ;;
  esac
done
# A program for each card that appears, which would set what nobody has set.
sed -i '/systemd-sysctl/d' "$root/usr/lib/udev/rules.d/99-systemd.rules"
mkdir -p "$root/etc/headroom" "$root/opt/headroom"

stage "Writing the root disk"
# What the build has mounted below the root must not get into the image; a mount namespace of its own keeps the
# build's mounts as they are.
# shellcheck disable=SC2016  # the inner shell expands
unshare --mount --propagation private sh -euc '
  below() { awk -v root="$1/" "index(\$5, root) == 1 { print \$5 }" /proc/self/mountinfo | sort -r; }
  # One may go with another: what counts is that none is left.
  for mounted in $(below "$1"); do umount --lazy "$mounted" 2>/dev/null || true; done
  left=$(below "$1")
  [ -z "$left" ] || { echo "still mounted: $left" >&2; exit 1; }
  # Hides the configuration that mmdebstrap needs to the end: without it, its clean-up would be of this machine.
  mount -t tmpfs tmpfs "$1/tmp"
  mke2fs -q -t ext4 -L headroom -m 1 -J size=16 -E lazy_itable_init=1,lazy_journal_init=1,nodiscard -d "$1" "$2" "$3"
' sh "$(realpath "$root")" "$out/root.img" "$disk_size"
# An ordinary user builds in a user namespace, whose files belong to someone else outside.
chmod 0644 "$out/root.img" "$out/vmlinuz" "$out/initrd" "$out/kernel-version"
