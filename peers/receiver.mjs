// What the peers share: a merchant's server that receives notices, and the sandbox's control.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

export const ready = JSON.parse(readFileSync(process.argv[2], 'utf8'));

/** Receives notices at `url` and confirms them with `answer`. */
export class Receiver {
  #notices = [];
  #waiting = [];

  static async start(answer) {
    const receiver = new Receiver();
    receiver.server = createServer(async (request, response) => {
      let body = '';
      for await (const part of request) body += part;
      const notice = { headers: request.headers, body };
      const waiting = receiver.#waiting.shift();
      if (waiting) waiting(notice);
      else receiver.#notices.push(notice);
      response.end(answer);
    }).listen(0, '127.0.0.1');
    await once(receiver.server, 'listening');
    receiver.url = `http://127.0.0.1:${receiver.server.address().port}/notify`;
    return receiver;
  }

  /** The next notice: its headers and its body. */
  next() {
    const notice = this.#notices.shift();
    if (notice) return Promise.resolve(notice);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('no notice came')), 10_000);
      this.#waiting.push((one) => {
        clearTimeout(late);
        resolve(one);
      });
    });
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** Tells the sandbox to do something. */
export async function control(path, order) {
  const answer = await fetch(`${ready.url}/control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
