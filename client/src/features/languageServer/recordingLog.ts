import type { LogOutputChannel } from 'vscode';

const KEPT = 60;
const LEVELS: ReadonlySet<unknown> = new Set(['info', 'warn', 'error']);

/** The log, which also remembers its last lines for a bug report. What is traced, texts of models among it, is not remembered. */
export interface RecordingLog extends LogOutputChannel {
  readonly lastLines: readonly string[];
}

export function recordingLog(channel: LogOutputChannel): RecordingLog {
  const lines: string[] = [];
  const recorded =
    (level: string) =>
    (message: string | Error, ...more: unknown[]) => {
      lines.push(`[${level}] ${String(message)}`);
      if (lines.length > KEPT) lines.shift();
      channel[level as 'info'](message as string, ...more);
    };
  return new Proxy(channel, {
    get(target, name) {
      if (name === 'lastLines') return lines;
      return LEVELS.has(name) ? recorded(String(name)) : Reflect.get(target, name);
    },
  }) as RecordingLog;
}
