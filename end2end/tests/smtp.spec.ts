import { SMTPServer } from 'smtp-server';
import { freePort } from '../fixtures/node';
import { Portal } from '../fixtures/portal';
import { expect, test } from '../fixtures/test';

interface Letter {
  from: string;
  to: string[];
  raw: string;
}

/** A mail server of the test's own: plain, on loopback. */
class Peer {
  readonly letters: Letter[] = [];
  private server: SMTPServer | undefined;

  constructor(readonly port: number) {}

  /** `refuse` answers recipients with this code. */
  async listen(refuse?: number): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      closeTimeout: 100,
      onRcptTo: (_address, _session, done) => {
        done(refuse ? Object.assign(new Error('not now'), { responseCode: refuse }) : null);
      },
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          this.letters.push({
            from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
            to: session.envelope.rcptTo.map((one: { address: string }) => one.address),
            raw: Buffer.concat(parts).toString('utf8'),
          });
          done();
        });
      },
    });
    server.on('error', () => undefined);
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', () => resolve()));
  }

  async close(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  async first(): Promise<Letter> {
    await expect.poll(() => this.letters.length, { timeout: 20_000 }).toBeGreaterThan(0);
    return this.letters[0]!;
  }
}

/** Undoes quoted-printable and base64, roughly: enough to look for words. */
function readable(raw: string): string {
  const quoted = raw.replaceAll(/=\r?\n/g, '').replaceAll(/(?:=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'));
  const based = [...raw.matchAll(/base64\r?\n(?:[^\r\n]+\r?\n)*\r?\n([A-Za-z0-9+/=\r\n]+)/g)].map((match) => Buffer.from(match[1]!, 'base64').toString('utf8'));
  return [quoted, ...based].join('\n');
}

async function mailServer(): Promise<{ peer: Peer; portal: Portal }> {
  const peer = new Peer(await freePort());
  const portal = await Portal.start([
    '--smtp-host', '127.0.0.1',
    '--smtp-port', String(peer.port),
    '--smtp-tls', 'none',
    '--mail-from', 'portal@rekey.example',
    '--smtp-timeout', '5',
  ]);
  return { peer, portal };
}

const ask = async (portal: Portal, login: string): Promise<void> => {
  const answer = await portal.plain().post('/api/reset-password/ask', { realm: 'customers', login });
  expect(answer.status).toBe(200);
};

test.describe('smtp', () => {
  test('B06: a mail goes out over real SMTP, with a text part, an HTML part, a link and a code', async () => {
    const { peer, portal } = await mailServer();
    try {
      await peer.listen();
      await ask(portal, 'tess.totp@customers.example');
      const { from, to, raw } = await peer.first();
      expect(from).toBe('portal@rekey.example');
      expect(to).toEqual(['tess.totp@customers.example']);
      const head = raw.slice(0, raw.search(/\r?\n\r?\n/));
      for (const line of [/^From: .*portal@rekey\.example/m, /^To: .*tess\.totp@customers\.example/m, /^Subject: /m, /^Date: /m, /^Message-ID: /im, /^Auto-Submitted: auto-generated/im]) {
        expect(head).toMatch(line);
      }
      expect(raw).toMatch(/multipart\/alternative/);
      const text = readable(raw);
      expect(text).toContain(`${portal.url}/customers/reset/`);
      expect(text).toMatch(/\d{4} \d{4}/);
      expect(text).toContain('Hello Tess Tollmann');
      // It went to the mail server, not into the demo's mailbox.
      expect(await portal.mails()).toEqual([]);
    } finally {
      await portal.end();
      await peer.close();
    }
  });

  test('a mail server that is down: the page is as fast and as neutral as ever, the mail comes later, once', async () => {
    const { peer, portal } = await mailServer();
    try {
      const from = performance.now();
      await ask(portal, 'tess.totp@customers.example');
      expect(performance.now() - from).toBeLessThan(3000);
      await ask(portal, 'nobody@customers.example');
      await portal.settled();
      expect(peer.letters).toEqual([]);
      await peer.listen();
      await portal.advance(60);
      expect((await peer.first()).to).toEqual(['tess.totp@customers.example']);
      await portal.advance(600);
      await portal.settled();
      expect(peer.letters).toHaveLength(1);
    } finally {
      await portal.end();
      await peer.close();
    }
  });

  test('a mail that waited survives the server; one whose link has expired is not sent any more', async () => {
    const { peer, portal } = await mailServer();
    try {
      await ask(portal, 'tess.totp@customers.example');
      await portal.restart();
      await peer.listen();
      // Longer than a dead server's claim to a mail holds.
      await portal.advance(120);
      expect((await peer.first()).to).toEqual(['tess.totp@customers.example']);

      await peer.close();
      await ask(portal, 'max.multi@customers.example');
      await portal.advance(31 * 60);
      await peer.listen();
      await portal.advance(60);
      await portal.settled();
      expect(peer.letters.filter((letter) => letter.to.includes('max.multi@customers.example'))).toEqual([]);
    } finally {
      await portal.end();
      await peer.close();
    }
  });

  test('"later" is tried again, "never" is not', async () => {
    const { peer, portal } = await mailServer();
    try {
      await peer.listen(451);
      await ask(portal, 'tess.totp@customers.example');
      await portal.settled();
      await peer.close();
      await peer.listen();
      await portal.advance(60);
      await peer.first();
      peer.letters.length = 0;
      await peer.close();
      await peer.listen(550);
      await ask(portal, 'max.multi@customers.example');
      await portal.settled();
      await peer.close();
      await peer.listen();
      await portal.advance(60);
      await portal.settled();
      expect(peer.letters).toEqual([]);
    } finally {
      await portal.end();
      await peer.close();
    }
  });
});
