import { Secret, TOTP } from 'otpauth';
import { expectHeading, expectNews, expectRefused, loaded, press, visit } from '../pages/door';
import { resetLink, setPassword } from '../pages/reset';
import { expectSignedIn, giveCode, givePassword, signInTotp } from '../pages/sign-in';
import type { Answer, Plain } from '../fixtures/http';
import type { Portal } from '../fixtures/portal';
import { expect, test } from '../fixtures/test';

const SAME: Record<string, string> = {
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'permissions-policy':
    'publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), microphone=(), geolocation=(), usb=(), payment=(), clipboard-read=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'x-frame-options': 'DENY',
};

/** The headers of `security.md`, 2.6, on an answer of any kind. */
function expectHeaders(answer: Answer, path: string, kind: 'page' | 'file' | 'other'): void {
  for (const [name, value] of Object.entries(SAME)) expect.soft(answer.headers[name], `${path}: ${name}`).toBe(value);
  // Plain localhost: HSTS would shut out every other port.
  expect.soft(answer.headers['strict-transport-security'], path).toBeUndefined();
  expect.soft(answer.headers['access-control-allow-origin'], path).toBeUndefined();
  expect.soft(answer.headers['server'], path).toBeUndefined();
  const policy = String(answer.headers['content-security-policy'] ?? '');
  for (const part of ["default-src 'none'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'", "frame-src 'none'", "form-action 'self'"]) {
    expect.soft(policy, path).toContain(part);
  }
  expect.soft(policy, path).not.toContain("'unsafe-inline'");
  expect.soft(policy, path).not.toContain("'unsafe-eval'");
  if (kind === 'page') {
    const nonce = /script-src 'nonce-([^']+)' 'strict-dynamic' 'wasm-unsafe-eval'/.exec(policy)?.[1];
    expect.soft(nonce, path).toBeTruthy();
    expect.soft(answer.body, path).toContain(`nonce="${nonce}"`);
    expect.soft(policy, path).toContain(`style-src 'self' 'nonce-${nonce}'`);
  }
  if (kind === 'file') expect.soft(answer.headers['cache-control'], path).toMatch(/max-age=\d+/);
  else expect.soft(answer.headers['cache-control'], path).toBe('no-store');
}

/** A form as a program would see it answered, without what changes each time. */
function face(answer: Answer): unknown {
  const { date, 'set-cookie': cookies, ...headers } = answer.headers;
  return {
    status: answer.status,
    headers,
    cookies: (cookies ?? []).map((cookie) => cookie.replace(/=[^;]*/, '=…')),
    body: answer.body,
    dated: Boolean(date),
  };
}

const signIn = (plain: Plain, login: string, password: string): Promise<Answer> =>
  plain.post('/api/sign-in/password', { realm: 'customers', login, password });

const prove = (plain: Plain, purpose: string, typed: string): Promise<Answer> =>
  plain.post('/api/prove/code', { realm: 'customers', purpose, code: typed });

/**
 * The code of a step before or after the one that begins now: the clock moves to
 * its beginning, so that the running clock has half a minute to turn it.
 */
async function codeOfStep(portal: Portal, secret: string, away: number): Promise<string> {
  await portal.advance(30 - (Math.floor((await portal.now()) / 1000) % 30));
  const totp = new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 });
  return totp.generate({ timestamp: (await portal.now()) + away * 30_000 });
}

test.describe('security', () => {
  test('headers of pages, files, calls and errors', async ({ portal }) => {
    const pages = ['/', '/customers/sign-in', '/customers/forgot', '/workforce/sign-in', '/customers/reset/abc', '/customers/not-me/abc'];
    for (const path of pages) {
      const answer = await portal.send({ path, headers: { accept: 'text/html' } });
      expect(answer.status, path).toBe(200);
      expectHeaders(answer, path, 'page');
    }
    const nonces = await Promise.all([1, 2].map(async () => /nonce-([^']+)/.exec(String((await portal.send({ path: '/' })).headers['content-security-policy']))?.[1]));
    expect(nonces[0]).not.toBe(nonces[1]);

    const home = await portal.send({ path: '/', headers: { accept: 'text/html' } });
    const files = [...home.body.matchAll(/(?:href|import\()\s*=?\s*"(\/[^"]+\.(?:css|js|wasm|svg))"/g)].map((match) => match[1]!);
    expect(files.length).toBeGreaterThan(1);
    for (const path of new Set(files)) {
      const answer = await portal.send({ path });
      expect(answer.status, path).toBe(200);
      expectHeaders(answer, path, 'file');
    }
    const wasm = files.find((path) => path.endsWith('.wasm'));
    if (wasm) expect((await portal.send({ path: wasm })).headers['content-type']).toBe('application/wasm');

    const missing = await portal.send({ path: '/nothing/here', headers: { accept: 'text/html' } });
    expect(missing.status).toBe(404);
    expectHeaders(missing, '/nothing/here', 'page');
    const others: [string, { method?: string; headers?: Record<string, string>; body?: string }, number][] = [
      ['/readyz', {}, 200],
      ['/livez', {}, 200],
      ['/nothing.js', {}, 404],
      ['/customers/overview', { headers: { accept: 'text/html' } }, 303],
      ['/customers/sign-in?lang=de', {}, 303],
      ['/api/sign-in/password', {}, 403],
      ['/api/sign-in/password', { headers: { 'sec-fetch-site': 'same-origin' } }, 405],
      ['/api/nothing', { method: 'POST' }, 404],
      ['/demo/people.json', {}, 200],
      ['/.well-known/change-password', {}, 303],
    ];
    for (const [path, more, status] of others) {
      const answer = await portal.send({ path, ...more });
      expect.soft(answer.status, path).toBe(status);
      expectHeaders(answer, path, 'other');
    }
  });

  test('calls from other origins are refused, however they come', async ({ portal }) => {
    const fields = 'realm=customers&login=tess.totp%40customers.example&password=x';
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const refused: Record<string, string>[] = [
      { ...form, 'sec-fetch-site': 'cross-site' },
      { ...form, 'sec-fetch-site': 'same-site' },
      { ...form, 'sec-fetch-site': 'none' },
      { ...form, 'sec-fetch-site': 'cross-site', origin: portal.url },
      { ...form, origin: 'http://evil.example' },
      { ...form, origin: 'null' },
      { ...form, origin: `http://localhost:${portal.port + 1}` },
      { ...form, origin: `https://localhost:${portal.port}` },
      { 'content-type': 'text/plain', 'sec-fetch-site': 'cross-site' },
      { 'content-type': 'multipart/form-data; boundary=x', 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of refused) {
      const answer = await portal.send({ method: 'POST', path: '/api/sign-in/password', headers, body: fields });
      expect.soft(answer.status, JSON.stringify(headers)).toBe(403);
      expect.soft(answer.cookies.size, JSON.stringify(headers)).toBe(0);
    }
    const own = { ...form, accept: 'application/json' };
    for (const headers of [{ ...own, 'sec-fetch-site': 'same-origin' }, { ...own, origin: portal.url }, { ...own, 'sec-fetch-site': 'same-origin', origin: 'null' }]) {
      const answer = await portal.send({ method: 'POST', path: '/api/sign-in/password', headers, body: fields });
      expect.soft(answer.status, JSON.stringify(headers)).toBe(200);
    }
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const answer = await portal.send({ method, path: `/api/sign-out?${fields}`, headers: { 'sec-fetch-site': 'same-origin' } });
      expect.soft(answer.status, method).toBe(405);
    }
    const override = await portal.send({ path: '/api/sign-out', headers: { 'x-http-method-override': 'POST', 'sec-fetch-site': 'same-origin' } });
    expect(override.status).toBe(405);
    const preflight = await portal.send({
      method: 'OPTIONS',
      path: '/api/sign-in/password',
      headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('a foreign host is refused, and no mail ever names one', async ({ portal, mailbox, page, t }) => {
    for (const host of ['evil.example', `evil.example:${portal.port}`, `127.0.0.1:${portal.port}`, 'localhost', `localhost:${portal.port}.evil.example`, '']) {
      const answer = await portal.send({ path: '/customers/sign-in', headers: { host } });
      expect.soft([400, 421], host).toContain(answer.status);
    }
    const absolute = await portal.send({ path: 'http://evil.example/customers/sign-in' });
    expect([400, 421]).toContain(absolute.status);
    const asked = await portal.send({
      method: 'POST',
      path: '/api/reset-password/ask',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        accept: 'application/json',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        'x-original-host': 'evil.example',
        forwarded: 'host=evil.example;proto=https',
        'x-forwarded-for': '203.0.113.9',
      },
      body: 'realm=customers&login=tess.totp%40customers.example',
    });
    expect(asked.status).toBe(200);
    const mail = await mailbox.newest('tess.totp@customers.example');
    expect(mail.text + mail.html).not.toContain('evil.example');
    expect(mail.text + mail.html).not.toContain('203.0.113.9');
    expect(new URL(mail.link!).origin).toBe(portal.url);
    await page.goto(mail.link!);
    await expectHeading(page, t.resetTitle);
  });

  test('no address leads anywhere else', async ({ portal }) => {
    for (const path of [
      '//evil.example/?lang=de',
      '/\\evil.example/?lang=de',
      '/%2f%2fevil.example/?lang=de',
      '/customers/sign-in?lang=de&next=//evil.example',
      '/customers/overview?back=https://evil.example',
      '/customers/sign-in?theme=dark%0d%0aLocation:%20http://evil.example',
      '/customers/sign-in?news=%7B%22go%22%3A%22http%3A%2F%2Fevil.example%22%7D',
    ]) {
      const answer = await portal.send({ path, headers: { accept: 'text/html' } });
      const location = String(answer.headers.location ?? '/');
      expect.soft(new URL(location, portal.url).origin, `${path} leads to ${location}`).toBe(portal.url);
      expect.soft(location, path).not.toMatch(/^[/\\]{2}/);
    }
  });

  test('an unknown name, a wrong password, and a disabled account look alike', async ({ portal }) => {
    const faces = [];
    for (const login of ['nobody@customers.example', 'tess.totp@customers.example', 'dora.disabled@customers.example', 'nora.new@customers.example']) {
      const answer = await signIn(portal.plain(), login, 'quite-another-word-77');
      faces.push(JSON.stringify(face({ ...answer, body: answer.body.replaceAll(login, '…') })).replace(/"content-length":"\d+"/, ''));
    }
    // The right password of a disabled account is no better than a wrong one.
    const dora = await portal.person('dora.disabled');
    const answer = await signIn(portal.plain(), dora.login, dora.password!);
    faces.push(JSON.stringify(face({ ...answer, body: answer.body.replaceAll(dora.login, '…') })).replace(/"content-length":"\d+"/, ''));
    expect(new Set(faces).size).toBe(1);
    expect(faces[0]).toContain('wrong_credentials');
  });

  test('asking for a mail tells nothing either', async ({ portal }) => {
    const faces = [];
    for (const login of ['nobody@customers.example', 'tess.totp@customers.example', 'dora.disabled@customers.example']) {
      const answer = await portal.plain().post('/api/reset-password/ask', { realm: 'customers', login });
      faces.push(JSON.stringify(face({ ...answer, body: answer.body.replaceAll(login, '…') })).replace(/"content-length":"\d+"/, ''));
    }
    expect(new Set(faces).size).toBe(1);
  });

  test('a code of the app works once', async ({ page, portal, t, visitor }) => {
    const tess = await portal.person('tess.totp');
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, tess.login, tess.password ?? '');
    await expectHeading(page, t.codeTitle);
    const code = await portal.totp(tess.totp_secret ?? '');
    await giveCode(page, t, code);
    await expectSignedIn(page, t);
    const other = await visitor();
    await visit(other, '/customers/sign-in');
    await givePassword(other, t, tess.login, tess.password ?? '');
    await expectHeading(other, t.codeTitle);
    await giveCode(other, t, code);
    await expectRefused(other.getByLabel(t.securityCode, { exact: true }), t.usedTotp);
    // Nor after a restart.
    await loaded(other);
    await portal.restart();
    await giveCode(other, t, code);
    await expectRefused(other.getByLabel(t.securityCode, { exact: true }), t.usedTotp);
  });

  test('one code, ten tries at once: one session', async ({ portal }) => {
    const tess = await portal.person('tess.totp');
    const browsers = Array.from({ length: 5 }, () => portal.plain());
    for (const browser of browsers) {
      const answer = await signIn(browser, tess.login, tess.password!);
      expect(answer.body).toContain('"totp"');
    }
    const code = await portal.totp(tess.totp_secret!);
    const answers = await Promise.all(
      browsers.map((browser) => browser.post('/api/prove/code', { realm: 'customers', purpose: 'sign_in', code })),
    );
    expect(answers.filter((answer) => answer.cookies.has('__Host-session-customers'))).toHaveLength(1);
  });

  test('one recovery code at once in several places: one session', async ({ portal }) => {
    const tess = await portal.person('tess.totp');
    const browsers = Array.from({ length: 4 }, () => portal.plain());
    for (const browser of browsers) {
      await signIn(browser, tess.login, tess.password!);
      await browser.post('/api/prove/another-way', { realm: 'customers', purpose: 'sign_in', kind: 'recovery' });
    }
    const code = tess.recovery_codes![0]!;
    const answers = await Promise.all(
      browsers.map((browser) => browser.post('/api/prove/code', { realm: 'customers', purpose: 'sign_in', code })),
    );
    expect(answers.filter((answer) => answer.cookies.has('__Host-session-customers'))).toHaveLength(1);
  });

  test('steps cannot be skipped: a password opens nothing, and no step says "done" for another', async ({ portal }) => {
    const tess = await portal.person('tess.totp');
    const browser = portal.plain();
    await signIn(browser, tess.login, tess.password!);
    expect([...browser.jar.keys()]).not.toContain('__Host-session-customers');
    const calls: [string, Record<string, string>][] = [
      ['prove/code', { purpose: 'confirm', code: '123456' }],
      ['prove/code', { purpose: 'test', code: '123456' }],
      ['prove/code', { purpose: 'sign_in', code: '' }],
      ['prove/another-way', { purpose: 'sign_in', kind: 'password' }],
      ['prove/another-way', { purpose: 'sign_in', kind: 'pin' }],
      ['choose-method', { method: 'totp' }],
      ['enroll-totp', { code: '123456', name: '' }],
      ['enroll-email', { code: '12345678' }],
      ['recovery-codes/make', {}],
      ['recovery-codes/saved', {}],
      ['manage-factors/remove', { id: 'x' }],
      ['sessions/end-others', {}],
      ['profile/save', { name: 'x', lang: 'en' }],
      ['profile/add-address', { email: 'evil@evil.example' }],
      ['admin/invite', { email: 'evil@evil.example', name: '', lang: 'en' }],
      ['reset-password/set', { new_password: 'copper-lantern-58-meadow', repeat: 'copper-lantern-58-meadow' }],
    ];
    for (const [call, fields] of calls) {
      const answer = await browser.post(`/api/${call}`, { realm: 'customers', ...fields });
      expect.soft(answer.status, call).toBeLessThan(500);
      expect.soft([...browser.jar.keys()], call).not.toContain('__Host-session-customers');
    }
    expect((await browser.get('/customers/overview')).status).toBe(303);
    // And the old password still signs in.
    expect((await signIn(portal.plain(), tess.login, tess.password!)).body).toContain('"totp"');
  });

  test('an hour of wrong passwords from elsewhere does not lock the owner out', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    await signInTotp(page, { portal, mailbox, t }, tess);
    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    let waits = 0;
    for (let n = 0; n < 14; n += 1) {
      const answer = await signIn(portal.plain(), tess.login, `wrong-guess-number-${n}`);
      if (answer.body.includes('"wait"')) waits += 1;
      await portal.advance(5);
    }
    expect(waits).toBeGreaterThan(0);
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, tess.login, tess.password ?? '');
    await expectHeading(page, t.codeTitle);
    await giveCode(page, t, await portal.nextTotp(tess.totp_secret ?? ''));
    await expectSignedIn(page, t);
  });

  test('the count of wrong tries survives a restart', async ({ portal }) => {
    const tess = await portal.person('tess.totp');
    const wrong = (): Promise<Answer> => signIn(portal.plain(), tess.login, 'wrong-guess-number-1');
    for (let n = 0; n < 12; n += 1) {
      await wrong();
      await portal.advance(61);
    }
    expect((await wrong()).body).toContain('"wait"');
    await portal.restart();
    expect((await wrong()).body).toContain('"wait"');
    expect((await signIn(portal.plain(), tess.login, tess.password!)).body).toContain('"wait"');
  });

  test('a megabyte in a field is refused in words', async ({ portal, page, t }) => {
    const mega = 'a'.repeat(1 << 20);
    const plain = portal.plain();
    const login = await signIn(plain, mega, 'x');
    expect(login.status).toBe(200);
    expect(login.body).toContain('too_long');
    expect(login.body.length).toBeLessThan(20_000);
    const password = await signIn(plain, 'tess.totp@customers.example', mega);
    expect(password.body).toContain('wrong_credentials');
    const code = await plain.post('/api/prove/code', { realm: 'customers', purpose: 'sign_in', code: mega });
    expect(code.status).toBeLessThan(500);
    const five = await portal.send({
      method: 'POST',
      path: '/api/sign-in/password',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', accept: 'application/json' },
      body: `realm=customers&login=${'a'.repeat(5 << 20)}&password=x`,
    });
    expect([400, 413]).toContain(five.status);
    await visit(page, '/customers/sign-in');
    await page.getByLabel(t.login, { exact: true }).evaluate((input: HTMLInputElement, text) => (input.value = text), 'a@'.repeat(1 << 18));
    await page.getByLabel(t.password, { exact: true }).fill('x');
    await press(page, t.signIn);
    await expectRefused(page.getByLabel(t.login, { exact: true }), t.tooLong);
  });

  test('control characters and metacharacters are text, or refused', async ({ portal, page, t }) => {
    const plain = portal.plain();
    const nul = await signIn(plain, 'tess\u0000@customers.example', 'x');
    expect.soft(nul.status, 'no field takes a NUL').toBe(400);
    for (const login of ['tess\r\nbcc: x@evil.example', 'tess\u202e@customers.example', 'a\u0007b', '\ufffd']) {
      const answer = await signIn(plain, login, 'x');
      expect.soft(answer.status, JSON.stringify(login)).toBe(200);
      expect.soft(answer.body, JSON.stringify(login)).toContain('control_characters');
    }
    for (const login of ["' OR 1=1 --", '%', '_', '*)(uid=*', '"><script>alert(1)</script>', '${7*7}', '🔑'.repeat(60)]) {
      const answer = await signIn(plain, login, "' OR '1'='1");
      expect.soft(answer.status, login).toBe(200);
      expect.soft(answer.body, login).toContain('wrong_credentials');
    }
    await visit(page, '/customers/sign-in');
    await page.getByLabel(t.login, { exact: true }).evaluate((input: HTMLInputElement) => (input.type = 'text'));
    const markup = '"><img src=x onerror=alert(1)>';
    await page.getByLabel(t.login, { exact: true }).fill(markup);
    await page.getByLabel(t.password, { exact: true }).fill('x');
    await press(page, t.signIn);
    await expectRefused(page.getByLabel(t.password, { exact: true }), t.wrongCredentials);
    await expect(page.getByLabel(t.login, { exact: true })).toHaveValue(markup);
    await expect(page.locator('img[src="x"]')).toHaveCount(0);
    // The same as the server renders it.
    await page.reload();
    await expect(page.locator('img[src="x"]')).toHaveCount(0);
  });

  test('what is no form at all is a bad request, never a failure', async ({ portal }) => {
    const own = { 'sec-fetch-site': 'same-origin', accept: 'application/json' };
    for (const [type, body] of [
      ['application/json', '{"realm":"customers"}'],
      ['application/x-www-form-urlencoded', ''],
      ['application/x-www-form-urlencoded', '%ff%fe=%'],
      ['application/x-www-form-urlencoded', 'realm=customers'],
      ['application/x-www-form-urlencoded', 'realm=..%2f..&login=a&password=b'],
      ['application/x-www-form-urlencoded', 'realm=nothing&login=a&password=b'],
      ['text/plain', 'x'],
    ] as const) {
      const answer = await portal.send({ method: 'POST', path: '/api/sign-in/password', headers: { ...own, 'content-type': type }, body });
      expect.soft(answer.status, `${type} ${body}`).toBeGreaterThanOrEqual(400);
      expect.soft(answer.status, `${type} ${body}`).toBeLessThan(500);
    }
    expect((await portal.send({ path: '/readyz' })).status).toBe(200);
  });

  test('a used and an expired link say so, and post nothing', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    const world = { portal, mailbox, t };
    const link = await resetLink(page, world, tess.login);
    const token = link.split('/').at(-1)!;
    await visit(page, link);
    await press(page, t.continue);
    await setPassword(page, t, 'copper-lantern-58-meadow');
    await expectNews(page, t.passwordSet);
    const open = (): Promise<Answer> => portal.plain().post('/api/reset-password/open', { realm: 'customers', purpose: 'reset', token });
    const used = await open();
    const again = used.status === 400 ? await portal.plain().post('/api/reset-password/open', { realm: 'customers', purpose: 'reset_password', token }) : used;
    expect(again.body).toContain('"used"');

    await portal.advance(60);
    const second = await resetLink(page, world, tess.login);
    await portal.advance(30 * 60 + 1);
    await visit(page, second);
    await expectHeading(page, t.linkExpired);
    // A clock that goes back revives nothing that was used.
    await portal.advance(-3 * 3600);
    await visit(page, link);
    await expectHeading(page, t.linkUsed);
    // A link of one purpose or realm is worth nothing at another.
    await visit(page, `/customers/invitation/${token}`);
    await expectHeading(page, t.linkUnknown);
    await visit(page, `/cloud/reset/${token}`);
    await expectHeading(page, t.linkUnknown);
  });

  test('no secret of anybody is in the page', async ({ page, portal, mailbox, t }) => {
    const max = await portal.person('max.multi');
    await signInTotp(page, { portal, mailbox, t }, max);
    for (const place of ['overview', 'sessions', 'profile', 'recovery-codes', 'add']) {
      const html = await (await page.goto(`/customers/${place}`))!.text();
      for (const secret of [max.password!, max.totp_secret!, ...max.recovery_codes!, 'tess.totp', 'argon2', 'pia.key']) {
        expect.soft(html, place).not.toContain(secret);
      }
    }
  });

  test('XB01 XB04: a step early or late counts, two do not; what signed in proves nothing more elsewhere', async ({ portal }) => {
    const tess = await portal.person('tess.totp');
    const plain = portal.plain();
    let last = '';
    for (const [away, fits] of [[-2, false], [2, false], [-1, true], [0, true], [1, true]] as const) {
      expect((await signIn(plain, tess.login, tess.password!)).body).toContain('"totp"');
      last = await codeOfStep(portal, tess.totp_secret!, away);
      const answer = await prove(plain, 'sign_in', last);
      expect(answer.cookies.has('__Host-session-customers'), `${away} steps away`).toBe(fits);
      if (!fits) expect(answer.body, `${away} steps away`).toContain('wrong_code');
    }
    // The last one is as good as ever by its age, and used up.
    const overview = await plain.post('/api/page', { path: '/customers/overview' });
    const app = /"id":"([^"]+)","kind":"totp"/.exec(overview.body)?.[1] ?? '';
    await plain.post('/api/manage-factors/test', { realm: 'customers', id: app });
    expect((await prove(plain, 'test', last)).body).toContain('used_code');
  });

  test('XB14: once an app is set up, its key is nowhere to be seen again', async ({ portal }) => {
    const nora = await portal.person('nora.new');
    const plain = portal.plain();
    await signIn(plain, nora.login, nora.password!);
    const shown = await plain.post('/api/choose-method', { realm: 'customers', method: 'totp' });
    expect(shown.headers['cache-control']).toBe('no-store');
    const key = /secret=([A-Z2-7]{32})/.exec(shown.body)?.[1] ?? '';
    expect(key).not.toBe('');
    const right = await portal.totp(key);
    const done = await plain.post('/api/enroll-totp', { realm: 'customers', code: right, name: '' });
    expect(done.cookies.has('__Host-session-customers')).toBe(true);
    const answers = [done, await plain.post('/api/enroll-totp', { realm: 'customers', code: right, name: '' })];
    for (const place of ['overview', 'add', 'add/totp', 'enroll', 'sign-in', 'profile', 'recovery-codes']) {
      answers.push(await plain.get(`/customers/${place}`));
      answers.push(await plain.post('/api/page', { path: `/customers/${place}` }));
    }
    for (const { body } of answers) {
      expect.soft(body).not.toContain(key);
      expect.soft(body).not.toContain(key.match(/.{4}/g)!.join(' '));
    }
  });

  test('XC10: the page behind a link asks nobody else, and tells nobody where one comes from', async ({ page, portal, mailbox, t, context }) => {
    const link = await resetLink(page, { portal, mailbox, t }, 'tess.totp@customers.example');
    const token = link.split('/').at(-1)!;
    const asked: { url: string; referer: string }[] = [];
    context.on('request', (request) => asked.push({ url: request.url(), referer: request.headers()['referer'] ?? '' }));
    const elsewhere = (url: string): boolean => url.startsWith('http') && new URL(url).origin !== portal.url;
    await context.route(
      (url) => elsewhere(url.href),
      (route) => route.fulfill({ contentType: 'text/html', body: '<title>elsewhere</title>' }),
    );
    await visit(page, link);
    await expectHeading(page, t.resetTitle);
    expect(asked.filter(({ url }) => elsewhere(url))).toEqual([]);

    const [left] = await Promise.all([
      context.waitForEvent('request', (request) => elsewhere(request.url())),
      page.locator('footer a[href^="https://"]').first().click(),
    ]);
    expect(left.headers()['referer']).toBeUndefined();

    await visit(page, link);
    await press(page, t.continue);
    await expectHeading(page, t.newTitle);
    await expect(page).toHaveURL(`${portal.url}/customers/set-password`);
    // In the address of the link itself, and in no other; and we name ourselves to nobody.
    const told = asked.filter(({ url, referer }) => (url.includes(token) && url !== link) || referer.startsWith(portal.url));
    expect(told).toEqual([]);
  });

  test('XD16: no other site gets a page into a frame', async ({ page, portal, guard }) => {
    guard.expect(/frame-ancestors/, /ERR_BLOCKED_BY/);
    const other = `http://localhost:${portal.port + 1}`;
    await page.route(`${other}/**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: `<h1>Win!</h1><iframe src="${portal.url}/customers/sign-in"></iframe>` }),
    );
    await page.goto(`${other}/`);
    await expect.poll(() => page.frames().map((frame) => frame.url())).toContain('chrome-error://chromewebdata/');
    expect(page.frames().some((frame) => frame.url().startsWith(portal.url))).toBe(false);
  });

  test.describe('cookies', () => {
    // Only what the portal itself keeps.
    test.use({ langCookie: false });

    test('script reads no cookie, and nothing is kept in the browser', async ({ page, portal, mailbox, t, context }) => {
      await page.goto('/customers/sign-in?lang=en');
      await page.goto('/customers/sign-in?theme=dark');
      await signInTotp(page, { portal, mailbox, t }, await portal.person('tess.totp'));
      expect(await page.evaluate(() => document.cookie)).toBe('');
      expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
      const cookies = await context.cookies();
      expect(cookies.length).toBeGreaterThanOrEqual(4);
      for (const cookie of cookies) {
        expect.soft(cookie, cookie.name).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });
        // Looks are nobody's secret.
        if (!['lang', 'theme'].includes(cookie.name)) expect.soft(cookie.name).toMatch(/^__Host-/);
      }
    });
  });
});
