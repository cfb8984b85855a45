import { policies } from '../fixtures/policies';
import { Proxied } from '../fixtures/proxied';
import { expectHeading, press } from '../pages/door';
import { giveCode, givePassword } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

// One address for each worker, as in the policy.
const PORT = 9290 + Number(process.env.TEST_PARALLEL_INDEX ?? 0);
const WIKI = `[[applications]]
id = "wiki"
name = { en = "Wiki", de = "Wiki" }
url = "http://127.0.0.1:${PORT}/"
client = "proxied"

[look]`;
const POLICY = ['--policy', policies('customers', /^\[look\]/m, WIKI), '--trusted-proxies', '127.0.0.1'];

test.describe('an application behind nginx', () => {
  test.use({ serverArgs: POLICY });
  let wiki: Proxied;

  test.beforeEach(async ({ portal }) => {
    wiki = await Proxied.open(PORT, portal, 'customers');
  });
  test.afterEach(() => wiki?.close());

  test('D15 D19: an application that knows no protocol learns who is there, and nobody else says it', { tag: '@nodes' }, async ({ page, portal, t }) => {
    const tess = await portal.person('tess.totp');
    await page.goto(`${wiki.url}/notes/new?title=a%20b&to=//evil.example`);
    await expect(page).toHaveURL(/localhost:\d+\/customers\/sign-in/);
    expect(wiki.reached).toHaveLength(0);
    await givePassword(page, t, tess.login, tess.password ?? '');
    await expectHeading(page, t.codeTitle);
    await giveCode(page, t, await portal.totp(tess.totp_secret ?? ''));
    // On the very page, with its query.
    await expect(page).toHaveURL(`${wiki.url}/notes/new?title=a%20b&to=//evil.example`);
    await expect(page.locator('#asked')).toHaveText('/notes/new?title=a%20b&to=//evil.example');
    await expect(page.locator('#remote-user')).toHaveText(tess.login);
    await expect(page.locator('#remote-name')).not.toHaveText('nothing');
    // Neither the portal's cookies nor ours on its own host reach it; its own do.
    await page.goto(`${wiki.url}/again`);
    await expect(page.locator('#cookie')).toHaveText('own=1');

    // Who says that they are somebody is not believed, signed in or not.
    const forged = { 'remote-user': 'max.multi@customers.example', 'remote-groups': 'admin', 'x-forwarded-host': 'evil.example', 'x-forwarded-uri': '/x' };
    const nobody = await wiki.send({ path: '/notes', headers: forged });
    expect(nobody.status).toBe(303);
    expect(nobody.headers.location).toContain('/customers/forward-auth/start?app=wiki&to=%2Fnotes&');
    const cookies = await page.context().cookies(wiki.url);
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    expect(cookie).toContain('__Host-rekey=');
    const twice = await wiki.send({ path: '/notes', headers: { ...forged, 'remote-user': ['max.multi@customers.example', 'x'], cookie } });
    expect(twice.status).toBe(200);
    expect(twice.body).toContain(`<dd id="remote-user">${tess.login}</dd>`);
    expect(twice.body).toContain('<dd id="remote-groups">nothing</dd>');
    expect(twice.body).not.toContain('max.multi');
    expect(twice.body).not.toContain('__Host-');
    // A call that opens no page is told so, and the question itself is nobody's to ask.
    expect((await wiki.send({ path: '/api', method: 'POST' })).status).toBe(401);
    expect((await wiki.send({ path: '/.rekey-check', headers: { cookie } })).status).toBe(404);

    // Signed out at the application is signed out here, and the next request is refused.
    await page.goto(`${wiki.url}/.rekey/sign-out`);
    await expectHeading(page, t.signOutHere);
    await press(page, t.signOut);
    await expect(page).toHaveURL(/\/customers\/sign-in/);
    expect((await wiki.send({ path: '/notes', headers: { cookie } })).status).toBe(303);
    await page.goto(`${wiki.url}/notes`);
    await expect(page).toHaveURL(/\/customers\/sign-in/);
  });

  test('D19: the way to an application behind nginx works without script', async ({ visitor, portal, t }) => {
    const page = await visitor({ javaScriptEnabled: false });
    const tess = await portal.person('tess.totp');
    await page.goto(`${wiki.url}/notes`);
    await givePassword(page, t, tess.login, tess.password ?? '');
    await giveCode(page, t, await portal.totp(tess.totp_secret ?? ''));
    await expect(page).toHaveURL(`${wiki.url}/notes`);
    await expect(page.locator('#remote-user')).toHaveText(tess.login);
  });
});
