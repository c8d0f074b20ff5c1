import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { Settings } from './settings.js';

/** Keys that are derived from the application's one secret, each for one purpose. */
@Injectable()
export class Secrets {
  constructor(private readonly secret: string) {}

  /** 32 bytes, always the same for the same secret and purpose (HKDF-SHA256, RFC 5869). */
  key(purpose: 'access-code' | 'audit' | 'browser' | 'cursor' | 'csrf' | 'invitation' | 'password' | 'sent-code' | 'sms' | 'totp'): Buffer {
    return Buffer.from(hkdfSync('sha256', this.secret, 'passerelle', purpose, 32));
  }
}

/** The configured secret. In development, when none is configured, a secret is generated once and kept in the data folder (mode 0600). */
export function loadSecrets(settings: Settings): Secrets {
  return new Secrets(settings.appSecret ?? keptSecret(settings.dataDir));
}

function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'app-secret');
  try {
    return readFileSync(file, 'utf8');
  } catch {
    mkdirSync(dataDir, { recursive: true });
    try {
      writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
    }
    return readFileSync(file, 'utf8');
  }
}
