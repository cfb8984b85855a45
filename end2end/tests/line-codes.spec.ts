import { expectGoodPage } from '../fixtures/axe';
import { policies } from '../fixtures/policies';
import { expectHeading, expectNews, expectProblem, expectRefused, press, type World } from '../pages/door';
import { expectSignedIn, givePassword } from '../pages/sign-in';
import { expect, test, type Page } from '../fixtures/test';
import type { Mail } from '../fixtures/portal';

/** Name and password of an agent; what was sent to their number meanwhile. */
async function toCode(page: Page, { portal, mailbox, t }: World, login: string): Promise<{ number: string; sent: Mail; before: number }> {
  const person = await portal.person(login);
  await page.goto('/agents/sign-in');
  const before = await mailbox.mark();
  await givePassword(page, t, person.login, person.password ?? '', 'agents');
  await expectHeading(page, t.codeTitle);
  return { number: person.number!, sent: await mailbox.newest(person.number!, before), before };
}

test.describe('line-codes', () => {
  test('D14 D16 D18: after user name and password the SMS comes once, works once, and the number stays masked', { tag: ['@german', '@nodes'] }, async ({
    page,
    visitor,
    portal,
    mailbox,
    t,
    lang,
  }) => {
    const world = { portal, mailbox, t };
    const { number, sent, before } = await toCode(page, world, 'mberg');
    expect(sent.channel).toBe('sms');
    expect(sent.text).toMatch(new RegExp(`^${sent.code} [^]+\\n\\n@localhost #${sent.code}$`));
    await expect(page.getByText('••••• 12', { exact: true })).toBeVisible();
    await expect(page.locator('body')).not.toContainText('392');
    await expectGoodPage(page, lang);
    await page.reload();
    await expectHeading(page, t.codeTitle);
    const codes = (await mailbox.all(number)).filter((mail) => mail.time >= before);
    expect(codes).toHaveLength(1);

    const field = page.getByLabel(t.oneTimePassword, { exact: true });
    await expect(field).toHaveAttribute('autocomplete', 'one-time-code');
    await expect(field).toHaveAttribute('inputmode', 'numeric');
    await field.fill(sent.code === '000000' ? '111111' : '000000');
    await press(page, t.signIn);
    await expectRefused(field, t.wrongSmsCode);
    await expectGoodPage(page, lang);
    await field.fill(sent.code!);
    await press(page, t.signIn);
    await expectSignedIn(page, t);
    await expectGoodPage(page, lang);

    const other = await visitor();
    await toCode(other, world, 'mberg');
    const again = other.getByLabel(t.oneTimePassword, { exact: true });
    await again.fill(sent.code!);
    await press(other, t.signIn);
    await expectRefused(again, t.wrongSmsCode);
  });

  test('D17: the code comes at once, its delivery is shown as it happens, and after 30 seconds the same can be sent again', { tag: '@nodes' }, async ({
    page,
    portal,
    mailbox,
    t,
    lang,
  }) => {
    const world = { portal, mailbox, t };
    const { number, sent, before } = await toCode(page, world, 'mberg');
    expect(sent.time - before).toBeLessThan(30_000);
    await expect(page.getByText(t.smsSent)).toBeVisible();
    // Nobody loaded the page again.
    await expect(page.getByRole('status').filter({ hasText: t.smsDelivered })).toBeVisible();
    await expect(page.getByRole('heading', { name: t.notArrived, exact: true })).toBeVisible();
    const again = page.getByRole('button', { name: t.sendAgain, exact: true });
    await expect(again).toHaveAttribute('aria-disabled', 'true');
    await expect(page.getByText(t.againIn)).toBeVisible();
    // There is no other way: the service desk, and what it asks for.
    const helps = page.locator('section').filter({ has: page.getByRole('heading', { name: t.notArrived, exact: true }) });
    await expect(helps.getByText(t.noOtherWay)).toBeVisible();
    await expect(helps.getByRole('link', { name: '+49 89 5550 130' })).toHaveAttribute('href', 'tel:+49895550130');
    await expect(helps.getByRole('listitem')).toHaveText([t.atHandName, t.atHandManager, t.atHandCallBack]);
    await expect(helps.getByText(t.lostNumber)).toBeVisible();
    await expectGoodPage(page, lang);

    await portal.advance(31);
    await page.reload();
    await expect(again).not.toHaveAttribute('aria-disabled', 'true');
    const later = await mailbox.mark();
    await press(page, t.sendAgain);
    await expectNews(page, t.codeAgain);
    const second = await mailbox.newest(number, later);
    expect(second.id).not.toBe(sent.id);
    expect(second.code).toBe(sent.code);
    await expect(page.getByRole('status').filter({ hasText: t.smsDelivered })).toBeVisible();
    await expectGoodPage(page, lang);
    await page.getByLabel(t.oneTimePassword, { exact: true }).fill(sent.code!);
    await press(page, t.signIn);
    await expectSignedIn(page, t);
  });

  test('D17: a browser that reads the SMS puts its code into the field, and sends nothing', async ({ page, portal, mailbox, t }) => {
    // What Chromium does on a telephone, under the hand of this test.
    await page.addInitScript(() => {
      const asked: { transport: string[]; aborted: boolean; give?: (code: string) => void }[] = [];
      Object.assign(window, { OTPCredential: class {}, asked });
      navigator.credentials.get = (options) => {
        const { otp, signal } = options as CredentialRequestOptions & { otp?: { transport: string[] } };
        if (!otp) return new Promise(() => {});
        const one: (typeof asked)[number] = { transport: otp.transport, aborted: false };
        asked.push(one);
        return new Promise((resolve, reject) => {
          one.give = (code) => resolve({ code, id: '', type: 'otp' } as Credential & { code: string });
          signal?.addEventListener('abort', () => {
            one.aborted = true;
            reject(new DOMException('aborted', 'AbortError'));
          });
        });
      };
    });
    type Asked = { asked: { transport: string[]; aborted: boolean; give: (code: string) => void }[] };
    const asked = (): Promise<{ transport: string[]; aborted: boolean }[]> =>
      page.evaluate(() => (window as unknown as Asked).asked.map(({ transport, aborted }) => ({ transport, aborted })));
    const world = { portal, mailbox, t };
    const { sent } = await toCode(page, world, 'mberg');
    await expect.poll(asked).toEqual([{ transport: ['sms'], aborted: false }]);
    await page.evaluate((code) => (window as unknown as Asked).asked[0]!.give(code), sent.code!);
    const field = page.getByLabel(t.oneTimePassword, { exact: true });
    await expect(field).toHaveValue(sent.code!);
    await expectHeading(page, t.codeTitle);
    await press(page, t.signIn);
    await expectSignedIn(page, t);

    // Who types it themselves is waited for no longer.
    await page.context().clearCookies({ name: /session/ });
    const next = await toCode(page, world, 'mberg');
    await expect.poll(async () => (await asked()).length).toBe(1);
    const wrong = next.sent.code === '000000' ? '111111' : '000000';
    await field.fill(wrong);
    await press(page, t.signIn);
    await expectRefused(field, t.wrongSmsCode);
    expect((await asked())[0]).toEqual({ transport: ['sms'], aborted: true });
  });

  test('D06 D17: a landline is called, and called again with the same code', async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const { number, sent } = await toCode(page, world, 'tlang');
    expect(sent.channel).toBe('voice');
    expect(sent.text.split([...sent.code!].join(', '))).toHaveLength(3);
    await expect(page.getByRole('heading', { name: t.notArrived, exact: true })).toBeVisible();
    await expectGoodPage(page, lang);
    await portal.advance(31);
    await page.reload();
    const later = await mailbox.mark();
    await press(page, t.callAgain);
    await expectNews(page, t.codeAgain);
    const second = await mailbox.newest(number, later);
    expect(second.code).toBe(sent.code);
    await expect(page.getByRole('status').filter({ hasText: t.callAnswered })).toBeVisible();
    const field = page.getByLabel(t.oneTimePassword, { exact: true });
    await field.fill(second.code!);
    await press(page, t.signIn);
    await expectSignedIn(page, t);
  });

  test('D17: what is refused: a code whose time is over, and a fourth one within ten minutes', async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const { sent } = await toCode(page, world, 'mberg');
    for (const seconds of [31, 61]) {
      await portal.advance(seconds);
      await page.reload();
      await press(page, t.sendAgain);
      await expectNews(page, t.codeAgain);
    }
    await portal.advance(121);
    await page.reload();
    await press(page, t.sendAgain);
    await expectProblem(page, t.tooOften);
    await expectGoodPage(page, lang);
    await portal.advance(301);
    const field = page.getByLabel(t.oneTimePassword, { exact: true });
    await field.fill(sent.code!);
    await press(page, t.signIn);
    await expectRefused(field, t.expiredCode);
    await expectGoodPage(page, lang);
  });
});

test.describe('line-codes, rationed', () => {
  test.use({ serverArgs: ['--policy', policies('agents', /^budget_per_day = .*$/m, 'per_day = 1')] });

  test('D17: where very many were asked for, no more go out, and the page says so', async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await toCode(page, world, 'mberg');
    await portal.advance(31);
    await page.reload();
    const before = await mailbox.mark();
    await press(page, t.sendAgain);
    await expectProblem(page, t.linesStopped);
    await expectGoodPage(page, lang);
    await mailbox.expectNone('+491713920012', before);
  });
});
