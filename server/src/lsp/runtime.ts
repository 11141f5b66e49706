import type { Catalogue } from '../catalogue/catalogue.ts';
import type { PackAccess } from './packs.ts';

/** What the server needs from the world it runs in. */
export interface Runtime {
  /** Called once, when a client has connected. */
  catalogue(): Catalogue;
  /** Organisations' own rules. */
  readonly packs: PackAccess;
  /** ISO date of the present day. */
  today(): string;
}

/** What a client may say in `initializationOptions`; anything else there is ignored. */
export interface ClientOptions {
  /** The client shows `threatwright:/rules/ID.md`. */
  readonly pages: boolean;
  /** The client trusts the workspace: organisations' own rules in its folders are read. */
  readonly packs: boolean;
  /** The client wants to be told how many findings each model has. */
  readonly models: boolean;
  /** An ISO date in the place of the present day. */
  readonly today: string | undefined;
}

/** Reads options that come from outside and may be anything. */
export function clientOptions(options: unknown): ClientOptions {
  const given = typeof options === 'object' && options !== null ? (options as Readonly<Record<string, unknown>>) : {};
  const today = typeof given['today'] === 'string' && /^\d{4}-\d\d-\d\d$/.test(given['today']) ? given['today'] : undefined;
  return { pages: given['pages'] === true, packs: given['packs'] === true, models: given['models'] === true, today };
}
