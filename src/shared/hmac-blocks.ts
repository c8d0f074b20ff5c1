import { hash } from 'node:crypto';

/** SHA-256 takes its input in blocks of this many bytes. */
export const SHA256_BLOCK = 64;

/**
 * The inner and the outer block of HMAC-SHA256 (RFC 2104): SHA-256(outer ‖ SHA-256(inner ‖ message)). With them every program that has
 * SHA-256 can compute the codes, also a database.
 */
export function hmacBlocks(key: Uint8Array): { readonly inner: Buffer; readonly outer: Buffer } {
  const padded = Buffer.alloc(SHA256_BLOCK);
  padded.set(key.length > SHA256_BLOCK ? hash('sha256', key, 'buffer') : key);
  const xor = (pad: number) => Buffer.from(padded.map((byte) => byte ^ pad));
  return { inner: xor(0x36), outer: xor(0x5c) };
}
