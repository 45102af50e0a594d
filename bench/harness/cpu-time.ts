import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Clock ticks of /proc in a second: USER_HZ, which is 100 on every Linux. */
const TICKS_PER_SECOND = 100;

/**
 * Time on a core that a process and all below it have used, in seconds; ended children included. Where other programs
 * use the machine too this is steadier than any clock on the wall.
 *
 * @returns undefined where there is no /proc
 */
export function cpuSeconds(root: number): number | undefined {
  if (!existsSync('/proc/self/stat')) return undefined;
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => statOf(pid) ?? []);
  const below = new Set([root]);
  for (let found = true; found; ) {
    found = false;
    for (const { pid, parent } of processes) {
      if (!below.has(parent) || below.has(pid)) continue;
      below.add(pid);
      found = true;
    }
  }
  return processes.filter(({ pid }) => below.has(pid)).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;
}

/** Fields of /proc/PID/stat (proc(5)): pid, ppid, and user, system and waited-for children's time. */
function statOf(name: string): { readonly pid: number; readonly parent: number; readonly ticks: number } | undefined {
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8');
    // The second field is a name in brackets, which may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
    return { pid: Number(name), parent: fields[1] as number, ticks: fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0) };
  } catch {
    // It has ended in the meantime.
    return undefined;
  }
}
