import type { FromBoard, PostureBoard } from '../../../server/src/protocol/posture.ts';
import { Board, type BoardActions } from './board.ts';
import './posture.css';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void; getState(): unknown; setState(state: unknown): void };

const api = acquireVsCodeApi();
const send = (message: FromBoard): void => api.postMessage(message);
const root = document.getElementById('app');
if (root) {
  const actions: BoardActions = {
    reveal: (range) => send({ v: 1, type: 'reveal', range }),
    add: (control) => send({ v: 1, type: 'add', control }),
    keep: (state) => api.setState(state),
  };
  const board = new Board(root, actions, api.getState());
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data !== 'object' || data === null || !('type' in data) || !('v' in data) || data.v !== 1) return;
    if (data.type === 'board' && 'board' in data) board.show(data.board as PostureBoard);
    else if (data.type === 'said' && 'text' in data && typeof data.text === 'string') board.say(data.text);
  });
  send({ v: 1, type: 'ready' });
}
