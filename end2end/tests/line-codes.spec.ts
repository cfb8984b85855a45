import { expectGoodPage } from '../fixtures/axe';
import { expectHeading, expectNews, expectRefused, press, type World } from '../pages/door';
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
  test('D14 D16 D18: after user name and password the SMS comes once, works once, and the number stays masked', async ({
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
    await expectRefused(field, t.wrongLineCode);
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
    await expectRefused(again, t.wrongLineCode);
  });

  test('D06: a landline is called, and a new call makes the old code void', async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const { number, sent } = await toCode(page, world, 'tlang');
    expect(sent.channel).toBe('voice');
    expect(sent.text.split([...sent.code!].join(', '))).toHaveLength(3);
    await expect(page.getByRole('heading', { name: t.noCall, exact: true })).toBeVisible();
    await expectGoodPage(page, lang);
    await portal.advance(31);
    await page.reload();
    const later = await mailbox.mark();
    await press(page, t.resend);
    await expectNews(page, t.codeSent);
    const second = await mailbox.newest(number, later);
    expect(second.code).not.toBe(sent.code);
    const field = page.getByLabel(t.oneTimePassword, { exact: true });
    await field.fill(sent.code!);
    await press(page, t.signIn);
    await expectRefused(field, t.wrongLineCode);
    await field.fill(second.code!);
    await press(page, t.signIn);
    await expectSignedIn(page, t);
  });
});
