import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const POLL_MS = 20;

/** Waits until `condition` holds; false when it still does not after `limitMs`. */
export async function until(condition: () => Promise<boolean>, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() >= end) return false;
    await pause(POLL_MS);
  }
  return true;
}

/**
 * What tells this process from a later one with the same number: when it was born. Null when none runs under that number;
 * a zombie counts as gone, because in a container nobody may ever collect it.
 */
export async function processStart(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') {
    const line = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).catch(() => null);
    const [, state, birth] = /^\s*(\S+)\s+(.+?)\s*$/.exec(line?.stdout ?? '') ?? [];
    return birth === undefined || state?.startsWith('Z') ? null : birth;
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  // The name, in brackets, may hold spaces and brackets; after it: state, …, and the start in ticks since boot (proc_pid_stat(5), field 22).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return `${boot.trim()}:${fields[19]}`;
}

/** The command line of a running process, or an empty string. */
export async function commandOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ').trim();
  }
  return (await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }))).stdout.trim();
}

/** Sends the signals in turn, each when the one before did not end the process within its limit. */
export async function endProcess(pid: number, steps: readonly (readonly [NodeJS.Signals, number])[]): Promise<void> {
  const birth = await processStart(pid);
  if (birth === null) return;
  const gone = async () => (await processStart(pid)) !== birth;
  for (const [signal, limitMs] of steps) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    if (await until(gone, limitMs)) return;
  }
  throw new Error(`Process ${pid} could not be ended. End it by hand, then start again.`);
}
