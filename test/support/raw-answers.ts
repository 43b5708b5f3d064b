import type { Socket } from 'node:net';

/** An HTTP answer as read from a raw socket. */
export type RawAnswer = { status: number; head: string; body: string };

/**
 * Reads a number of answers from a raw socket, interim ones (100 Continue) included. Bodies are taken by
 * their Content-Length, or left in their chunks. Rejects when the connection ends before.
 */
export function readAnswers(socket: Socket, count: number): Promise<RawAnswer[]> {
  return new Promise((resolve, reject) => {
    const answers: RawAnswer[] = [];
    let rest = '';
    const finish = (act: () => void) => {
      socket.off('data', onData).off('end', onEnd).off('error', reject);
      act();
    };
    const onEnd = () => finish(() => reject(new Error(`ended after ${answers.length}: ${rest}`)));
    const onData = (chunk: Buffer) => {
      rest += chunk.toString('latin1');
      for (let next = takeAnswer(rest); next; next = takeAnswer(rest)) {
        answers.push(next.answer);
        rest = next.rest;
      }
      if (answers.length >= count) finish(() => resolve(answers));
    };
    socket.on('data', onData).on('end', onEnd).on('error', reject);
  });
}

/** Reads one answer. */
export async function readAnswer(socket: Socket): Promise<RawAnswer> {
  const [answer] = await readAnswers(socket, 1);
  if (!answer) throw new Error('no answer');
  return answer;
}

function takeAnswer(text: string): { answer: RawAnswer; rest: string } | undefined {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = text.slice(0, headEnd);
  const bodyStart = headEnd + 4;
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  const isChunked = /^transfer-encoding: *chunked/im.test(head);
  const end = isChunked
    ? text.indexOf('0\r\n\r\n', bodyStart) + '0\r\n\r\n'.length
    : bodyStart + length;
  if (text.length < end || end < bodyStart) return undefined;
  const status = Number(head.split(' ')[1]);
  return { answer: { status, head, body: text.slice(bodyStart, end) }, rest: text.slice(end) };
}
