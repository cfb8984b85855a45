import { expectGoodPage } from '../fixtures/axe';
import { serve } from '../pages/cases';
import { openPerson } from '../pages/desk';
import { expectHeading, press } from '../pages/door';
import { expectAnswered, jonasWithPhone, number, petraPhone } from '../pages/phone';
import { expect, test } from '../fixtures/test';

test.describe('caller check', () => {
  test('A03 A04 A05 A06: the agent reads a number out, the caller types it, and both screens follow', async ({
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
