/** An IPv4 address as the kernel lists directors' members: eight hexadecimal digits. */
export const hexOf = (address: string): string =>
  address
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
