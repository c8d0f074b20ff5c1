import { isIPv6 } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * The name under which an address is counted as one caller. For IPv4 it is the address. For IPv6 it is the first 64 bits, because every
 * subscriber has at least such a network, with more addresses than anybody could count (RFC 6177). A text that is not an address is
 * returned unchanged.
 */
export function callerNetworkOf(address: string): string {
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [plain = ''] = address.split('%');
  // The URL parser gives the canonical spelling of RFC 5952, in which at most one run of zeros is left out; the brackets are cut off.
  const [head = '', tail = ''] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string) => part.split(':').filter(Boolean);
  const missing = 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array.from({ length: missing }, () => '0'), ...groups(tail)];
  return `${all.slice(0, 4).join(':')}::/64`;
}
