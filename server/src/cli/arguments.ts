import { parseArgs, type ParseArgsConfig } from 'node:util';

/** A call that makes no sense: the message says what would. */
export class UsageError extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ options: T; allowPositionals: true; strict: true }>>;

/** Options and the rest of a call. Throws a usage error for an option that is not known or has no value. */
export function parse<const T extends Options>(args: readonly string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The value of an option that has a few; throws a usage error for any other. */
export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((it) => it === value);
  if (found === undefined) throw new UsageError(`${option} is one of ${allowed.join(', ')}, not "${value}".`);
  return found;
}

/** The day of `--date`, or today. */
export function date(value: string | undefined, today: string): string {
  if (value === undefined) return today;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : Number.NaN;
  // A day that does not exist, such as the 31st of February, is read as the one it would be.
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== value)
    throw new UsageError(`--date is a day like 2026-11-22, not "${value}".`);
  return value;
}
