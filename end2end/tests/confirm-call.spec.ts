import { expectGoodPage } from '../fixtures/axe';
import { Authenticator } from '../fixtures/authenticator';
import { serve } from '../pages/cases';
import { openPerson } from '../pages/desk';
import { expectHeading, expectNews, expectRefused, press, type World } from '../pages/door';
import { number } from '../pages/phone';
import { expect, test, type Page } from '../fixtures/test';

const JONAS = 'Q471108';

/** The caller types the code that they were read, from the sign-in page on. */
async function typeCode(page: Page, { t }: World, code: string): Promise<void> {
  await page.goto('/workforce/sign-in');
  await page.getByRole('link', { name: t.codeRead }).click();
  await expectHeading(page, t.showThatItIsMe);
  await page.getByLabel(t.codeToMe, { exact: true }).fill(code);
  await press(page, t.continue);
}

test.describe('confirm-call', () => {
  test('A03 A27: a caller without a smartphone shows with a passkey that it is them', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const [agent, jonas] = [await visitor(), await portal.person(JONAS)];
    await serve(agent, world, 'Q200001');
    await openPerson(agent, JONAS);
    await expect(agent.getByText(t.checkNone)).toBeVisible();
    await press(agent, t.askPasskey);
    const code = await number(agent).innerText();
    expect(code).toMatch(/^[0-9]{3}-[0-9]{3}$/);
    await expect(agent.getByText('/workforce/confirm-call')).toBeVisible();
    await expectGoodPage(agent, lang);

    const key = await Authenticator.plugIn(page);
    await key.hold(jonas);
    await typeCode(page, world, code === '000-000' ? '111111' : '000000');
    await expectRefused(page.getByLabel(t.codeToMe, { exact: true }), t.wrongCode);
    await expectGoodPage(page, lang);
    await typeCode(page, world, code);
    await expect(page.getByText('Mara Lindqvist')).toBeVisible();
    await expectGoodPage(page, lang);
    await key.approve(async () => {
      await press(page, t.confirmWithPasskey);
      await expect(page.getByText(t.deskKnows)).toBeVisible();
    });
    await expectGoodPage(page, lang);
    // Without a touch.
    await expect(agent.getByText(t.confirmedCaller)).toBeVisible();
    await expectGoodPage(agent, lang);
  });

  test('“I did not call”: the desk sees it at once, and its leads hear of it', async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const agent = await visitor();
    await serve(agent, world, 'Q200001');
    await openPerson(agent, JONAS);
    await press(agent, t.askPasskey);
    await typeCode(page, world, await number(agent).innerText());
    const before = await mailbox.mark();
    // Asked once more.
    await page.getByText(t.didNotCall, { exact: true }).first().click();
    await page.getByRole('button', { name: t.didNotCall, exact: true }).click();
    await expect(page.getByText(t.deskKnowsNot)).toBeVisible();
    await expectGoodPage(page, lang);
    await expect(agent.getByText(t.deniedCaller)).toBeVisible();
    const alert = await mailbox.newest('helga.thoma@workforce.example', before, () => true);
    expect(alert.text).toContain('Jonas Berger (Q471108)');
  });

  test.describe('without script', () => {
    test.use({ javaScriptEnabled: false });
    test('the code is a form', async ({ page, t }) => {
      await page.goto('/workforce/confirm-call');
      await expectHeading(page, t.showThatItIsMe);
      await page.getByLabel(t.codeToMe, { exact: true }).fill('12');
      await press(page, t.continue);
      await expectRefused(page.getByLabel(t.codeToMe, { exact: true }), t.wrongCode);
    });
  });
});
