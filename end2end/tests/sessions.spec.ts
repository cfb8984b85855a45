import { expectGoodPage } from '../fixtures/axe';
import { expectHeading, expectNews, press, visit } from '../pages/door';
import { expectSignedIn, giveCode, givePassword, signInTotp } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

test.describe('sessions', () => {
  test('where one is signed in; ending one ends it at once', async ({ page, portal, mailbox, t, visitor }) => {
    const tess = await portal.person('tess.totp');
    await signInTotp(page, { portal, mailbox, t }, tess);
    await visit(page, '/customers/sessions');
    await expectHeading(page, t.sessions);
    await expect(page.getByText(t.onlyHere)).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: t.thisBrowser })).toContainText('127.0.0.1');

    await portal.advance(60);
    const before = await mailbox.mark();
    const there = await visitor();
    await signInTotp(there, { portal, mailbox, t }, tess);
    // A browser that was never seen before is told to the owner.
    await mailbox.link(tess.login, 'not-me', before);

    await page.reload();
    await expect(page.locator('.card')).toHaveCount(2);
    const other = page.locator('.card').filter({ hasNot: page.getByText(t.thisBrowser, { exact: true }) });
    await other.locator('summary').click();
    await other.getByRole('button', { name: t.endSession, exact: true }).click();
    await expectNews(page, t.sessionEnded);
    await expect(page.locator('.card')).toHaveCount(1);
    await there.goto('/customers/overview');
    await expect(there).toHaveURL(/\/customers\/sign-in$/);
    await page.reload();
    await expectHeading(page, t.sessions);
  });

  test('ending all others leaves this one', async ({ page, portal, mailbox, t, visitor }) => {
    const tess = await portal.person('tess.totp');
    await signInTotp(page, { portal, mailbox, t }, tess);
    const others = [await visitor(), await visitor()];
    for (const other of others) {
      await portal.advance(60);
      await signInTotp(other, { portal, mailbox, t }, tess);
    }
    await visit(page, '/customers/sessions');
    await expect(page.locator('.card')).toHaveCount(3);
    await page.locator('summary').filter({ hasText: t.endOthers }).click();
    await press(page, t.endOtherSessions);
    await expectNews(page, t.othersEnded);
    await expect(page.getByText(t.onlyHere)).toBeVisible();
    for (const other of others) {
      await other.goto('/customers/profile');
      await expect(other).toHaveURL(/\/customers\/sign-in$/);
    }
  });

  test('the session of another person cannot be ended', async ({ page, portal, mailbox, t, visitor }) => {
    await signInTotp(page, { portal, mailbox, t }, await portal.person('tess.totp'));
    const max = await portal.person('max.multi');
    const there = await visitor();
    await signInTotp(there, { portal, mailbox, t }, max);
    await portal.advance(60);
    const second = await visitor();
    await signInTotp(second, { portal, mailbox, t }, max);
    await second.goto('/customers/sessions');
    const id = await second.locator('form input[name="id"]').first().getAttribute('value');
    const answer = await page.request.post('/api/sessions/end', {
      form: { realm: 'customers', id: id! },
      headers: { 'sec-fetch-site': 'same-origin', accept: 'application/json' },
    });
    expect(answer.status()).toBe(404);
    await there.goto('/customers/sessions');
    await expectHeading(there, t.sessions);
  });

  test('C12: a remembered browser is asked for the password alone, until it is forgotten', { tag: '@german' }, async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    await page.goto('/customers/sign-in');
    await givePassword(page, t, tess.login, tess.password!);
    await expectHeading(page, t.codeTitle);
    await page.getByRole('checkbox', { name: t.remember }).check();
    await giveCode(page, t, await portal.totp(tess.totp_secret!));
    await expectSignedIn(page, t);

    await press(page, t.signOut);
    await givePassword(page, t, tess.login, tess.password!);
    await expectSignedIn(page, t);
    // A change asks for what was skipped.
    await visit(page, '/customers/add');
    await expectHeading(page, t.codeTitle);

    await visit(page, '/customers/sessions');
    const section = page.getByRole('region', { name: t.devices }).or(page.locator('section').filter({ hasText: t.devices }));
    await expect(section.locator('.card')).toHaveCount(1);
    await expect(section.locator('.card')).toContainText(t.thisBrowser);
    await expectGoodPage(page);
    await section.locator('summary').click();
    await press(page, t.forgetDevice);
    await expectNews(page, t.deviceForgotten);
    await expect(page.getByRole('heading', { name: t.devices })).toHaveCount(0);
    await press(page, t.signOut);
    await givePassword(page, t, tess.login, tess.password!);
    await expectHeading(page, t.codeTitle);
  });

  test('a new session id at sign-in; one that was planted is worth nothing', async ({ page, portal, mailbox, t, context }) => {
    const name = '__Host-session-customers';
    const tess = await portal.person('tess.totp');
    const planted = portal.plain();
    planted.jar.set(name, 'planted');
    planted.jar.set('__Host-browser', 'planted');
    expect((await planted.get('/customers/overview')).status).toBe(303);
    await planted.post('/api/sign-in/password', { realm: 'customers', login: tess.login, password: tess.password! });
    await planted.post('/api/prove/code', { realm: 'customers', purpose: 'sign_in', code: await portal.totp(tess.totp_secret!) });
    const first = planted.jar.get(name)!;
    expect(first).not.toBe('planted');
    expect((await planted.get('/customers/overview')).status).toBe(200);
    // And another one when one proves oneself anew: the old one is worth nothing.
    await portal.advance(6 * 60);
    await planted.get('/customers/add');
    const answer = await planted.post('/api/prove/code', { realm: 'customers', purpose: 'confirm', code: await portal.totp(tess.totp_secret!) });
    expect(answer.cookies.get(name)).toBeTruthy();
    expect(answer.cookies.get(name)).not.toBe(first);
    const old = portal.plain();
    for (const [key, value] of planted.jar) old.jar.set(key, key === name ? first : value);
    expect((await old.get('/customers/overview')).status).toBe(303);

    await portal.advance(60);
    await signInTotp(page, { portal, mailbox, t }, tess);
    const session = (await context.cookies()).find((cookie) => cookie.name === name);
    expect(session).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/', expires: -1 });
    expect(session!.value.length).toBeGreaterThanOrEqual(43);
  });
});
