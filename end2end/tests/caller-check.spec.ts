import { expectGoodPage } from '../fixtures/axe';
import { serve } from '../pages/cases';
import { openPerson, verify } from '../pages/desk';
import { expectHeading, expectNews, expectRefused, press } from '../pages/door';
import { expectAnswered, jonasWithPhone, number, PETRA, petraPhone } from '../pages/phone';
import { expect, test } from '../fixtures/test';

test.describe('caller check', () => {
  test('A03 A04 A05 A06: the agent reads a number out, the caller types it, and both screens follow', { tag: '@german' }, async ({
    page,
    visitor,
    portal,
    mailbox,
    t,
    lang,
  }) => {
    const world = { portal, mailbox, t };
    const phone = await petraPhone(visitor, portal);
    await expectHeading(phone, t.phoneNothing);
    await serve(page, world, 'Q200001');
    await openPerson(page, 'Q471109');
    await expect(page.getByRole('heading', { name: t.checkTitle })).toBeVisible();
    await press(page, t.checkSend);
    const digits = await number(page).innerText();
    expect(digits).toMatch(/^[0-9]{2}$/);
    await expectGoodPage(page, lang);

    await expectHeading(phone, t.checkAsks);
    await expect(phone.getByText('Mara Lindqvist')).toBeVisible();
    await expectGoodPage(phone, lang);
    await phone.getByLabel(t.checkNumber, { exact: true }).fill(digits);
    await press(phone, t.accept);
    await expectAnswered(phone, t.accepted);
    // Without a touch.
    await expect(page.getByText(t.checkAccepted)).toBeVisible();
    await expectGoodPage(page, lang);
  });

  test('A02: the call is a case: the phone names it, and what was checked ends with it', async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const phone = await petraPhone(visitor, portal);
    await serve(page, world, 'Q200001');
    await verify(page, phone, world);
    const name = /CL-[0-9]+/.exec(await page.getByRole('main').innerText())![0];
    await expect(page.getByRole('button', { name: t.issueEmergency, exact: true })).toBeVisible();
    await press(page, t.checkSend);
    await expect(phone.getByText(name)).toBeVisible();
    await press(phone, t.decline);
    await expectAnswered(phone, t.declinedThere);
    await verify(page, phone, world);
    await expectGoodPage(page, lang);
    await press(page, t.endCall);
    await expect(page.getByText(t.notVerified)).toBeVisible();
    await expect(page.getByRole('button', { name: t.issueEmergency, exact: true })).toHaveCount(0);
  });

  test('somebody calls and says they are the desk: the phone shows who typed its code', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const phone = await petraPhone(visitor, portal);
    await expectHeading(phone, t.phoneNothing);
    await press(phone, t.showCode);
    const code = await number(phone).innerText();
    expect(code).toMatch(/^[0-9]{3}-[0-9]{3}$/);
    await expectGoodPage(phone, lang);
    await serve(page, world, 'Q200001');
    await openPerson(page, PETRA);
    const field = page.getByLabel(t.codeOnPhone, { exact: true });
    await field.fill(code === '000-000' ? '111111' : '000000');
    await press(page, t.whoIAm);
    await expectRefused(field, t.wrongCode);
    await expectGoodPage(page, lang);
    await field.fill(code);
    await press(page, t.whoIAm);
    await expectNews(page, t.deskNamed);
    // Without a touch.
    await expect(phone.getByText(t.typedYourCode)).toBeVisible();
    await expect(phone.getByText(t.isItTheName)).toBeVisible();
    await expectGoodPage(phone, lang);
  });

  test('“I did not call” freezes the account, and the desk sees it', async ({ page, visitor, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    const phone = await petraPhone(visitor, portal);
    await serve(page, world, 'Q200001');
    await openPerson(page, 'Q471109');
    await press(page, t.checkSend);
    await expectHeading(phone, t.checkAsks);
    const before = await mailbox.mark();
    await press(phone, t.checkNotMe);
    await expectAnswered(phone, t.stoppedThere);
    await expect(page.getByText(t.checkStopped)).toBeVisible();
    await mailbox.newest('petra.vogel@workforce.example', before, () => true);
    // The lead, who alone lifts the freeze, has a mail with the way there.
    const alert = await mailbox.newest('helga.thoma@workforce.example', before, () => true);
    expect(alert.text).toContain('Petra Vogel (Q471109)');
    expect(alert.link).toMatch(/\/desk\/people\//);
  });

  test('A03: no phone, or one of today, is said and verifies nobody', async ({ page, visitor, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    await serve(page, world, 'Q200001');
    await openPerson(page, 'Q300001');
    await expect(page.getByText(t.checkNone)).toBeVisible();
    await expect(page.getByRole('button', { name: t.checkSend })).toHaveCount(0);
    const jonas = await visitor();
    await jonasWithPhone(jonas, visitor, world);
    await openPerson(page, 'Q471108');
    await expect(page.getByText(t.checkNew)).toBeVisible();
    await expect(page.getByRole('button', { name: t.checkSend })).toHaveCount(0);
  });
});
