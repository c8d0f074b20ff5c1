import { once } from 'node:events';
import type { TestServer } from './global-setup.js';

/** Lets the test database end, and waits until it is gone. */
export default async function globalTeardown(): Promise<void> {
  const server = (globalThis as TestServer).passerelleTestServer;
  if (!server || server.exitCode !== null) return;
  server.stdin?.end();
  await once(server, 'exit');
}
