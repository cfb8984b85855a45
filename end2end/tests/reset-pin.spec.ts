import { expectGoodPage } from '../fixtures/axe';
import { Authenticator } from '../fixtures/authenticator';
import { serve } from '../pages/cases';
import { approve, forgetPin, issue, openPerson, verify } from '../pages/desk';
import { expectHeading, expectNews, expectProblem, expectRefused, press, visit } from '../pages/door';
import { accept, askPhone, expectAnswered, number, PETRA, petraPhone } from '../pages/phone';
import { expectSignedIn } from '../pages/sign-in';
import { policies } from '../fixtures/policies';
import { expect, test, type Page } from '../fixtures/test';
import type { Labels } from '../fixtures/labels';

const NEW = '740518';
const MAIL = 'petra.vogel@workforce.example';

/** The emergency password, typed. */
async function give(page: Page, t: Labels, password: string): Promise<void> {
  await page.getByLabel(t.askEmergency, { exact: true }).fill(password);
  await press(page, t.signIn);
}

/** From the overview of a session that sets the PIN to the news that it is set. */
async function setPin(page: Page, t: Labels): Promise<void> {
  await page.getByRole('link', { name: t.modify }).click();
  await expectHeading(page, t.pin);
  await page.getByRole('link', { name: t.modify, exact: true }).click();
  await expectHeading(page, t.changePin);
  await page.getByLabel(t.newPin, { exact: true }).fill(NEW);
  await page.getByLabel(t.newPinAgain, { exact: true }).fill(NEW);
  await press(page, t.save);
  await expectNews(page, t.pinChanged);
}

test.describe('reset-pin', () => {
  test('A02 A07 A10 A11 A12 A14 A16 A17 A18 A19 A20 A26 A28: person, phone and agent, from the call to the new PIN', { tag: '@german' }, async ({
    page,
    visitor,
    portal,
    mailbox,
    t,
    lang,
  }) => {
    test.slow();
    const world = { portal, mailbox, t };
    const [phone, agent] = [await petraPhone(visitor, portal), await visitor()];
    await serve(agent, world, 'Q200001');
    await openPerson(agent, PETRA);
    // Before anybody is verified there is nothing to press.
    await expect(agent.getByText(t.notVerified)).toBeVisible();
    await expect(agent.getByRole('button', { name: t.issueEmergency, exact: true })).toHaveCount(0);
    await verify(agent, phone, world);
    const before = await mailbox.mark();
    const password = await issue(agent, world);
    expect(password).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await expectGoodPage(agent, lang);
    const told = await mailbox.newest(MAIL, before, () => true);
    expect(told.text).not.toContain(password);
    await agent.reload();
    await expect(agent.getByText(t.emergencyLive)).toBeVisible();
    await expect(agent.getByText(password)).toHaveCount(0);

    // From the map on, as a person who never did this.
    await visit(page, '/?region=europe');
    await page.getByRole('link', { name: new RegExp(`^${t.workforce}`) }).first().click();
    await page.getByRole('link', { name: t.forgotPin, exact: true }).click();
    await expectHeading(page, t.resetPin);
    await expectGoodPage(page, lang);
    await press(page, t.reset);
    await expectRefused(page.getByLabel(t.qNumber, { exact: true }), /Q-/);
    await page.getByLabel(t.qNumber, { exact: true }).fill(PETRA);
    await press(page, t.reset);
    await expect(page.getByText(t.oneByOne)).toBeVisible();
    await expectGoodPage(page, lang);
    await page.getByRole('radio', { name: t.chain }).check();
    await press(page, t.signIn);
    await expectHeading(page, t.awaitTitle);
    await expect(page.getByText(t.step(1, 3))).toBeVisible();
    await expectGoodPage(page, lang);
    await expectHeading(phone, t.phoneResets);
    await approve(page, phone, world);

    const field = page.getByLabel(t.askEmergency, { exact: true });
    await expect(field).toHaveAttribute('type', 'password');
    await expect(page.getByText(t.step(2, 3))).toBeVisible();
    await expect(page.getByText(t.oneByOne)).toBeVisible();
    await expectGoodPage(page, lang);
    await give(page, t, '0000-0000-0000');
    await expectRefused(field, t.wrongEmergency);
    await expectGoodPage(page, lang);
    await give(page, t, password.toLowerCase());

    // A session that can do nothing but set the PIN.
    await expectHeading(page, t.overviewTitle);
    await expect(page.getByText(t.onlyPin)).toBeVisible();
    await expect(page.getByRole('heading', { level: 2, name: t.homeNetwork, exact: true })).toBeVisible();
    await expectGoodPage(page, lang);
    await expect(page.getByRole('link', { name: t.sessions, exact: true })).toHaveCount(0);
    await page.goto('/workforce/profile');
    await expect(page).toHaveURL(/\/workforce\/sign-in$/);
    await page.goto('/workforce/overview');
    await setPin(page, t);
    await expectHeading(page, t.overviewTitle);
    await expectGoodPage(page, lang);
    await expect(page.getByRole('link', { name: t.modify })).toHaveCount(0);
    await press(page, t.signOut);
    await expectHeading(page, t.signIn);

    // The new PIN works at once, after the phone.
    await askPhone(page, world, PETRA);
    await expectHeading(phone, t.phoneAsks);
    await approve(page, phone, world);
    await expectHeading(page, t.pinTitle);
    await page.getByLabel(t.pin, { exact: true }).fill(NEW);
    await press(page, t.signIn);
    await expectSignedIn(page, t);
  });

  test('A13 A27: who has a passkey and no smartphone: verified by it, and the PIN set by it', async ({ page, visitor, portal, mailbox, t, lang }) => {
    test.slow();
    const world = { portal, mailbox, t };
    const [agent, jonas] = [await visitor(), await portal.person('Q471108')];
    const key = await Authenticator.plugIn(page);
    await key.hold(jonas);
    await serve(agent, world, 'Q200001');
    await openPerson(agent, 'Q471108');
    await press(agent, t.askPasskey);
    await page.goto('/workforce/confirm-call');
    await page.getByLabel(t.codeToMe, { exact: true }).fill(await number(agent).innerText());
    await press(page, t.continue);
    await key.approve(async () => {
      await press(page, t.confirmWithPasskey);
      await expect(page.getByText(t.deskKnows)).toBeVisible();
    });
    const password = await issue(agent, world);

    await page.goto('/workforce/reset-pin');
    await page.getByLabel(t.qNumber, { exact: true }).fill('Q471108');
    await press(page, t.reset);
    await page.getByRole('radio', { name: t.passkeyChain }).check();
    await press(page, t.signIn);
    await expectHeading(page, t.passkeyTitle);
    await expect(page.getByText(t.step(1, 3))).toBeVisible();
    await expectGoodPage(page, lang);
    await key.approve(async () => {
      await press(page, t.usePasskey);
      await expect(page.getByLabel(t.askEmergency, { exact: true })).toBeVisible();
    });
    await expectGoodPage(page, lang);
    await give(page, t, password);
    await expectHeading(page, t.overviewTitle);
    await setPin(page, t);
  });

  test('a name that nobody has: the same screens, and a phone that never answers', async ({ page, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    await forgetPin(page, world, 'Q999999');
    await portal.advance(61);
    await press(page, t.askAgain);
    await expect(page.getByRole('radio', { name: t.chain })).toBeVisible();
    await press(page, t.cancel);
    await expectHeading(page, t.signIn);
  });

  test('declined, typed wrong, answered twice: the reset goes no further', async ({ page, visitor, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    const phone = await petraPhone(visitor, portal);
    await forgetPin(page, world, PETRA);
    await expectHeading(phone, t.phoneResets);
    await press(phone, t.decline);
    await expectAnswered(phone, t.declinedThere);
    await expectProblem(page, t.phoneDeclined);
    await press(page, t.askAgain);
    await press(page, t.signIn);
    await expect(number(page)).toBeVisible();
    const digits = await number(page).innerText();
    await expectHeading(phone, t.phoneResets);
    await accept(phone, world, digits === '11' ? '22' : '11');
    await expectRefused(phone.getByLabel(t.numberThere, { exact: true }), t.wrongNumber);
    // The same phone in a second window, where the question still stands.
    const second = await phone.context().newPage();
    await second.goto('/phone');
    await expectHeading(second, t.phoneResets);
    await accept(phone, world, digits);
    await expectAnswered(phone, t.accepted);
    await expect(page.getByLabel(t.askEmergency, { exact: true })).toBeVisible();
    await expect(second.getByRole('heading', { level: 1, name: t.phoneResets })).toHaveCount(0);
    await second.close();
    // Without what the desk gives nothing opens.
    await give(page, t, '0000-0000-0000');
    await expectRefused(page.getByLabel(t.askEmergency, { exact: true }), t.emergencyGone);
  });

  test('“I did not call” in the middle: the emergency password is void, what it opened ends', async ({ page, visitor, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    const [phone, agent] = [await petraPhone(visitor, portal), await visitor()];
    await serve(agent, world, 'Q200001');
    await verify(agent, phone, world);
    const password = await issue(agent, world);
    await forgetPin(page, world, PETRA);
    await approve(page, phone, world);
    await give(page, t, password);
    await expect(page.getByText(t.onlyPin)).toBeVisible();
    await press(agent, t.checkSend);
    await expectHeading(phone, t.checkAsks);
    await press(phone, t.checkNotMe);
    await expectAnswered(phone, t.stoppedThere);
    await page.reload();
    await expect(page).toHaveURL(/\/workforce\/sign-in$/);
    await expect(agent.getByText(t.checkStopped)).toBeVisible();
    await expect(agent.getByText(t.emergencyLive)).toHaveCount(0);
  });

  test('the server is lost in the middle of each step, and nothing else is', async ({ page, visitor, portal, mailbox, t, guard }) => {
    test.slow();
    // Pages that look by themselves meet a server that is not there.
    guard.expect(/Failed to load resource/, /ERR_CONNECTION_REFUSED/, /net::ERR/, /Failed to fetch/);
    const world = { portal, mailbox, t };
    const [phone, agent] = [await petraPhone(visitor, portal), await visitor()];
    await serve(agent, world, 'Q200001');
    await verify(agent, phone, world);
    await portal.restart();
    await agent.reload();
    const password = await issue(agent, world);
    await forgetPin(page, world, PETRA);
    await expectHeading(phone, t.phoneResets);
    await portal.restart();
    // Without what it said of the call: that was another answer.
    await phone.goto('/phone');
    await approve(page, phone, world);
    await portal.restart();
    await page.reload();
    await give(page, t, password);
    await expect(page.getByText(t.onlyPin)).toBeVisible();
    await portal.restart();
    await page.reload();
    await setPin(page, t);
  });

  test('made void by one click, the person is told and it opens nothing', async ({ page, visitor, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    const [phone, agent] = [await petraPhone(visitor, portal), await visitor()];
    await serve(agent, world, 'Q200001');
    await verify(agent, phone, world);
    const password = await issue(agent, world);
    const before = await mailbox.mark();
    await agent.locator('summary').filter({ hasText: t.voidEmergency }).click();
    await press(agent, t.voidEmergency);
    await expectNews(agent, t.emergencyVoided);
    await mailbox.newest(MAIL, before, () => true);
    await forgetPin(page, world, PETRA);
    await approve(page, phone, world);
    await give(page, t, password);
    await expectRefused(page.getByLabel(t.askEmergency, { exact: true }), t.emergencyGone);
  });

  test.describe('where policy delivers it blind', () => {
    test.use({ serverArgs: ['--policy', policies('workforce', /"spoken"/, '"blind"')] });

    test('the browser shows a code, the agent approves it, and nobody sees what opens', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t, lang }) => {
      const world = { portal, mailbox, t };
      const [phone, agent] = [await petraPhone(visitor, portal), await visitor()];
      await serve(agent, world, 'Q200001');
      await verify(agent, phone, world);
      await forgetPin(page, world, PETRA);
      await expectHeading(phone, t.phoneResets);
      await approve(page, phone, world);
      await expectHeading(page, t.approveTitle);
      await expectGoodPage(page, lang);
      const code = await number(page).innerText();
      expect(code).toMatch(/^[0-9A-Z]{3}-[0-9A-Z]{3}$/);
      const field = agent.getByLabel(t.codeToReadOut, { exact: true });
      await field.fill('AAA-AAA');
      await press(agent, t.approveBrowser);
      await expectRefused(field, t.wrongCode);
      await expectGoodPage(agent, lang);
      await field.fill(code);
      await press(agent, t.approveBrowser);
      await expectNews(agent, t.browserApproved);
      // Without a touch.
      await expect(page.getByText(t.onlyPin)).toBeVisible();
      await setPin(page, t);
    });
  });

  test.describe('without script', () => {
    test.use({ javaScriptEnabled: false });
    test('every step is a form', async ({ page, portal, mailbox, t }) => {
      const world = { portal, mailbox, t };
      await forgetPin(page, world, PETRA);
      await press(page, t.phoneAnswered);
      await expectHeading(page, t.awaitTitle);
      await portal.advance(61);
      await press(page, t.phoneAnswered);
      await press(page, t.askAgain);
      await press(page, t.signIn);
      await expect(number(page)).toBeVisible();
    });
  });
});
