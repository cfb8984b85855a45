import { expectGoodPage } from '../fixtures/axe';
import { signInStaff } from '../pages/admin';
import { serve } from '../pages/cases';
import { openPerson, verify } from '../pages/desk';
import { choose } from '../pages/enroll';
import { expectHeading, expectNews, expectRefused, press, type World } from '../pages/door';
import { number, PETRA, petraPhone } from '../pages/phone';
import { signInPasskey } from '../pages/sign-in';
import { Authenticator } from '../fixtures/authenticator';
import { expect, test, type Page } from '../fixtures/test';

const ADA = 'ada.brandt@workforce.example';

/** The agent asks the manager; the code that the caller is read, and the manager's page. */
async function askManager(agent: Page, { mailbox, t }: World): Promise<[string, string]> {
  const before = await mailbox.mark();
  await press(agent, t.askManager);
  const code = await number(agent).innerText();
  const mail = await mailbox.newest(ADA, before, (m) => /CL-\d+/.test(m.subject));
  return [code, mail.link!];
}

test.describe('vouch', () => {
  test('A03: the manager types the code that the caller reads, and with the phone that makes two proofs', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    test.slow();
    const world = { portal, mailbox, t };
    const [phone, agent] = [await petraPhone(visitor, portal), await visitor()];
    await serve(agent, world, 'Q200001');
    await verify(agent, phone, world);
    const [code, link] = await askManager(agent, world);
    expect(code).toMatch(/^[0-9]{3}-[0-9]{3}$/);
    await expectGoodPage(agent, lang);

    await signInStaff(page, world, 'Q100001');
    await page.goto(link);
    await expectHeading(page, t.confirmCase);
    await expect(page.getByText('Petra Vogel').first()).toBeVisible();
    await expect(page.getByText(code)).toHaveCount(0);
    await expectGoodPage(page, lang);
    const field = page.getByLabel(t.managerCode, { exact: true });
    await field.fill(code === '000-000' ? '111111' : '000000');
    await press(page, t.managerYes);
    await expectRefused(field, t.wrongCode);
    await field.fill(code);
    await press(page, t.managerYes);
    await expectNews(page, t.caseConfirmed);
    await expectGoodPage(page, lang);

    await expect(agent.getByText(t.confirmedCaller)).toBeVisible();
    await expect(agent.getByText(t.twoProofs)).toBeVisible();
    await expect(agent.getByText(t.wordOfAda).first()).toBeVisible();
    await expectGoodPage(agent, lang);
    // Everything is lost: a link to set up a passkey.
    const before = await mailbox.mark();
    await agent.getByText(t.enrollAnew, { exact: true }).nth(1).click();
    await agent.getByRole('button', { name: t.enrollAnew, exact: true }).click();
    await expectNews(agent, t.enrollAnewDone);
    const mail = await mailbox.newest('petra.vogel@workforce.example', before, (m) => /\/workforce\/enroll\//.test(m.link ?? ''));
    const anew = await visitor();
    await anew.goto(mail.link!);
    await press(anew, t.continue);
    await expect(anew).toHaveURL(/\/workforce\/enroll$/);
    await expectGoodPage(anew, lang);
    // The new passkey signs in, with the PIN that she has kept.
    const key = await Authenticator.plugIn(anew);
    await choose(anew, t, t.passkeyChoice);
    await expectHeading(anew, t.passkeyCreateTitle);
    await key.approve(async () => {
      await press(anew, t.passkeyCreate);
      await expect(anew).toHaveURL(/\/workforce\/sign-in/);
    });
    await signInPasskey(anew, world, key, await portal.person(PETRA));
  });

  test('the manager says no: the account is frozen, and the desk sees it', async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const agent = await visitor();
    await serve(agent, world, 'Q200001');
    await openPerson(agent, PETRA);
    const [, link] = await askManager(agent, world);
    await signInStaff(page, world, 'Q100001');
    await page.goto(link);
    await page.getByText(t.managerNo, { exact: true }).first().click();
    await page.getByRole('button', { name: t.managerNo, exact: true }).click();
    await expectNews(page, t.vouchRefused);
    await expectGoodPage(page, lang);
    await expect(agent.getByText(t.deniedByManager)).toBeVisible();
  });
});
