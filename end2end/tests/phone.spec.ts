import { expectGoodPage } from '../fixtures/axe';
import { expectHeading, expectNews, expectProblem, expectRefused, press } from '../pages/door';
import { phoneCodes } from '../fixtures/labels/phone-codes';
import { accept, askPhone, askWithoutNetwork, code, expectAnswered, IN_HAND, jonasWithPhone, keptOffline, loseNetwork, number } from '../pages/phone';
import { expectSignedIn, giveCode } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

const JONAS = 'Q471108';

test.describe('phone', () => {
  test('A13: the number is typed on the phone, the screen goes on, the PIN comes last', { tag: '@german' }, async ({
    page,
    visitor,
    portal,
    mailbox,
    t,
    lang,
  }) => {
    const world = { portal, mailbox, t };
    const jonas = await portal.person(JONAS);
    const phone = await jonasWithPhone(page, visitor, world);
    const computer = await visitor();
    await askPhone(computer, world, JONAS);
    await expect(computer.getByText(t.step(1, 2))).toBeVisible();
    await expectGoodPage(computer, lang);
    const digits = await number(computer).innerText();

    // The phone shows it without a touch.
    await expectHeading(phone, t.phoneAsks);
    await expectGoodPage(phone, lang);
    await accept(phone, world, digits === '11' ? '22' : '11');
    await expectRefused(phone.getByLabel(t.numberThere, { exact: true }), t.wrongNumber);
    await accept(phone, world, digits);
    await expectAnswered(phone, t.accepted);
    await expectHeading(phone, t.phoneNothing);

    await expectHeading(computer, t.pinTitle);
    await computer.getByLabel(t.pin, { exact: true }).fill(jonas.pin ?? '');
    await press(computer, t.signIn);
    await expectSignedIn(computer, t);
  });

  test('declined is said on the other screen, and it may be asked again', async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const phone = await jonasWithPhone(page, visitor, world);
    const computer = await visitor();
    await askPhone(computer, world, JONAS);
    await expectHeading(phone, t.phoneAsks);
    await press(phone, t.decline);
    await expectAnswered(phone, t.declinedThere);
    await expectProblem(computer, t.phoneDeclined);
    await expectGoodPage(computer, lang);
    await press(computer, t.askAgain);
    await expect(number(computer)).toBeVisible();
    await expectHeading(phone, t.phoneAsks);
  });

  test('“This was not me” ends every session', async ({ page, visitor, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    const phone = await jonasWithPhone(page, visitor, world);
    const thief = await visitor();
    await askPhone(thief, world, JONAS);
    await expectHeading(phone, t.phoneAsks);
    const before = await mailbox.mark();
    await press(phone, t.notMe);
    await expectAnswered(phone, t.stoppedThere);
    await expectProblem(thief, t.phoneDeclined);
    await mailbox.newest('jonas.berger@workforce.example', before, () => true);
    await page.goto('/workforce/overview');
    await expect(page).toHaveURL(/\/workforce\/sign-in$/);
  });

  test('nobody answers: the page says so, and without an account it looks the same', async ({ page, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    await askPhone(page, world, 'Q999999');
    await expect(number(page)).toBeVisible();
    await portal.advance(61);
    await expect(page.getByRole('button', { name: t.askAgain, exact: true })).toBeVisible();
    await expect(number(page)).toHaveCount(0);
  });

  test('the phone of a demo person is put into a browser and answers there', async ({ page, visitor, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    const petra = await portal.person('Q471109');
    const phone = await visitor(IN_HAND);
    await phone.goto(petra.phone!.link);
    await phone.getByRole('button').click();
    await expectHeading(phone, t.phoneNothing);
    await askPhone(page, world, petra.login);
    const digits = await number(page).innerText();
    await expectHeading(phone, t.phoneAsks);
    await accept(phone, world, digits);
    await expectHeading(page, t.pinTitle);
    await page.getByLabel(t.pin, { exact: true }).fill(petra.pin!);
    await press(page, t.signIn);
    await expectSignedIn(page, t);
    // A change asks the same phone.
    await portal.advance(400);
    await page.goto('/workforce/pin');
    await expectHeading(page, t.anotherTitle);
    await press(page, t.wayPhone);
    await expectHeading(page, t.awaitTitle);
    await expectHeading(phone, t.phoneConfirms);
    await accept(phone, world, await number(page).innerText());
    await expectHeading(page, t.changePin);
  });

  test('without network the phone shows a code, which signs in elsewhere with the PIN', { tag: '@german' }, async ({
    page,
    visitor,
    portal,
    mailbox,
    t,
    lang,
    guard,
  }) => {
    guard.expect(/Failed to load resource/);
    const world = { portal, mailbox, t };
    const words = phoneCodes[lang];
    const jonas = await portal.person(JONAS);
    const phone = await jonasWithPhone(page, visitor, world);
    const card = page.locator('.card').filter({ hasText: t.smartphone });
    await expect(card).toContainText(words.title);
    await expect(card).toContainText(words.never);

    // With network it is a tap away, and the way back is too.
    await phone.getByRole('link', { name: words.show, exact: true }).click();
    await expectHeading(phone, words.title);
    await expect(code(phone)).toHaveText(/^\d{3} \d{3}$/);
    await expectGoodPage(phone, lang);
    await phone.getByRole('link', { name: t.back, exact: true }).click();
    await expectHeading(phone, t.phoneNothing);

    await keptOffline(phone);
    await loseNetwork(phone, words.title);
    await expect(phone.getByText(t.noNetwork, { exact: true })).toBeVisible();
    await expect(phone.getByRole('heading', { name: new RegExp(JONAS) })).toBeVisible();
    await expect(code(phone)).toHaveText(/^\d{3} \d{3}$/);
    await expectGoodPage(phone, lang);

    const computer = await visitor();
    await askWithoutNetwork(computer, world, JONAS, words.way);
    await expectGoodPage(computer, lang);
    await giveCode(computer, t, await code(phone).innerText());
    await expectHeading(computer, t.pinTitle);
    await computer.getByLabel(t.pin, { exact: true }).fill(jonas.pin ?? '');
    await press(computer, t.signIn);
    await expectSignedIn(computer, t);
    await expect(computer.locator('.card').filter({ hasText: t.smartphone })).toContainText(words.used);

    // With network again the page looks by itself, and finds what it was asked meanwhile.
    await askPhone(await visitor(), world, JONAS);
    await phone.context().setOffline(false);
    await expectHeading(phone, t.phoneAsks);
  });

  test('a name that nobody has is asked for a code just the same', async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await askWithoutNetwork(page, world, 'Q999999', phoneCodes[lang].way);
    await giveCode(page, t, '123456');
    await expectRefused(page.getByLabel(t.securityCode, { exact: true }), t.wrongTotp);
    // Waiting for the phone is there still.
    await press(page, t.anotherWay);
    await press(page, t.wayPhone);
    await expect(number(page)).toBeVisible();
  });

  test('a browser that is no phone shows no codes', async ({ page, lang }) => {
    await page.goto('/phone/codes');
    await expectHeading(page, phoneCodes[lang].title);
    await expect(page.getByText(phoneCodes[lang].none)).toBeVisible();
    await expectGoodPage(page, lang);
  });

  test.describe('without script', () => {
    test.use({ javaScriptEnabled: false });
    test('the screen waits, and its button looks', async ({ page, portal, mailbox, t }) => {
      const world = { portal, mailbox, t };
      await askPhone(page, world, JONAS);
      await press(page, t.phoneAnswered);
      await expectHeading(page, t.awaitTitle);
      await expect(number(page)).toBeVisible();
      await portal.advance(61);
      await press(page, t.phoneAnswered);
      await expect(page.getByRole('button', { name: t.askAgain, exact: true })).toBeVisible();
    });
  });
});
