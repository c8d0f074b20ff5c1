/** An e-mail address as it is compared: what people type differently and mean the same. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}
