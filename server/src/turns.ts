/**
 * Gives a browser what the server uses of Node's event loop: `setImmediate` and `clearImmediate`. Messages and not
 * timers, which browsers slow down when they come often.
 */
export function giveTurns(): void {
  const waiting = new Map<number, () => void>();
  const { port1, port2 } = new MessageChannel();
  let count = 0;
  const listen = ({ data }: { readonly data: number }): void => {
    const act = waiting.get(data);
    waiting.delete(data);
    act?.();
  };
  Object.assign(port1, { onmessage: listen });
  Object.assign(globalThis, {
    setImmediate: (act: (...args: unknown[]) => void, ...args: unknown[]): number => {
      const id = ++count;
      waiting.set(id, () => act(...args));
      port2.postMessage(id);
      return id;
    },
    clearImmediate: (id: number | undefined): void => {
      if (id !== undefined) waiting.delete(id);
    },
  });
}
