import { expectGoodPage } from '../fixtures/axe';
import { COOL_DOWN, approve, caseNumber, claim, fillLostPhone, openCase, reportLostPhone, serve, toCode, toLostPhone } from '../pages/cases';
import { expectHeading, expectNews, expectProblem, expectRefused, press, visit } from '../pages/door';
import { totpKey } from '../pages/enroll';
import { expectSignedIn, giveCode, signInTotp } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

test.describe('lost-phone', () => {
  test('E17 E18 E19 E20 E21 E22: the form behind the password is filled from the record, and nothing happens without a decision', { tag: '@german' }, async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const sam = await portal.person('sam.okafor');
    // Without a password there is no form.
    await page.goto('/cloud/lost-phone');
    await expect(page).toHaveURL(/\/cloud\/sign-in$/);
    await toLostPhone(page, world, sam);
    await expect(page.getByText(t.answers24)).toBeVisible();
    await expect(page.getByLabel(t.given, { exact: true })).toHaveValue('Sam');
    await expect(page.getByLabel(t.family, { exact: true })).toHaveValue('Okafor');
    await expect(page.getByLabel(t.caseEmail, { exact: true })).toHaveValue(sam.login);
    await expect(page.getByLabel(t.country, { exact: true })).toHaveValue('+49');
    await expect(page.getByRole('link', { name: t.privacy, exact: true }).first()).toHaveAttribute('href', /^https:/);
    await expect(page.getByText(t.workDone)).toBeVisible({ timeout: 30_000 });
    await expectGoodPage(page, lang);
    const before = await mailbox.mark();
    await fillLostPhone(page, t);
    await page.getByLabel(t.story, { exact: true }).fill('It fell into the lake. <script>alert(1)</script>');
    await press(page, t.sendRequest);
    await expectHeading(page, t.caseState);
    await expect(page.getByText(t.caseWaiting)).toBeVisible();
    await expectGoodPage(page, lang);
    const mail = await mailbox.newest(sam.login, before, (m) => /LP-\d+/.test(m.subject));
    const number = caseNumber(mail);
    await expect(page.getByText(number, { exact: true })).toBeVisible();
    // The page behind the mail says the same; opening it changes nothing.
    await page.goto(mail.link!);
    await expectHeading(page, t.caseState);
    await expect(page.getByText(t.caseWaiting)).toBeVisible();
    await expectGoodPage(page, lang);
    // One open case per person: the form shows where it stands.
    await toCode(page, t, sam);
    await page.getByRole('link', { name: t.lostPhone, exact: true }).click();
    await expectHeading(page, t.caseState);
    // The old app still works: nothing was reset.
    await toCode(page, t, sam);
    await giveCode(page, t, await portal.totp(sam.totp_secret!));
    await expectSignedIn(page, t);
  });

  test('E23: the desk approves, the wait passes, the link brings a new app on probation, and one link takes it back', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const sam = await portal.person('sam.okafor');
    const number = await reportLostPhone(page, world, sam);
    const desk = await visitor();
    await serve(desk, world, 'Q200001');
    await openCase(desk, number);
    await expect(desk.getByRole('row').filter({ hasText: 'Sam Okafor' })).toContainText(t.caseSame);
    await claim(desk, t);
    const before = await mailbox.mark();
    await approve(desk, t);
    await expectGoodPage(desk, lang);

    const told = await mailbox.newest(sam.login, before, (m) => m.subject.includes(number));
    await page.goto(told.link!);
    await expect(page.getByText(t.caseCooling)).toBeVisible();
    // Not a minute early.
    await portal.advance(COOL_DOWN - 120);
    await mailbox.expectNone(sam.login, before + (COOL_DOWN - 600) * 1000);
    await portal.advance(180);
    const link = await mailbox.link(sam.login, 'replace', before);
    await page.reload();
    await expect(page.getByText(t.caseReady)).toBeVisible();

    await visit(page, link);
    await expectHeading(page, t.replaceTitle);
    await expectGoodPage(page, lang);
    await press(page, t.continue);
    await expectHeading(page, t.adviceTitle);
    await press(page, t.continue);
    await expectHeading(page, t.totpTitle);
    const key = await totpKey(page, t);
    const then = await mailbox.mark();
    await page.getByLabel(t.securityCode, { exact: true }).fill(await portal.totp(key));
    await press(page, t.continue);
    await expectHeading(page, t.signIn);
    // The link is used up.
    await page.goto(link);
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(t.replaceTitle);

    // The old app is out, the new one is in and changes nothing.
    await toCode(page, t, sam);
    await giveCode(page, t, await portal.nextTotp(sam.totp_secret!));
    await expectRefused(page.getByLabel(t.securityCode, { exact: true }), t.wrongTotp);
    await giveCode(page, t, await portal.nextTotp(key));
    await expectSignedIn(page, t);
    await page.goto('/cloud/recovery-codes');
    await press(page, t.codesOffer);
    await expectProblem(page, t.onProbation);
    await page.goto(told.link!);
    await expect(page.getByText(t.caseUsed)).toBeVisible();

    // The owner, who knows nothing of all this, takes it back.
    const notice = await mailbox.newest(sam.login, then, (m) => m.text.includes('/cloud/undo/'));
    const undo = /http\S+\/cloud\/undo\/\S+/.exec(notice.text)![0];
    const owner = await visitor();
    await visit(owner, undo);
    await expectHeading(owner, t.undoTitle);
    await expectGoodPage(owner, lang);
    await press(owner, t.undo);
    await expectHeading(owner, t.undone);
    await expectGoodPage(owner, lang);
    // The intruder is out, and the old app is in again.
    await page.goto('/cloud/overview');
    await expect(page).toHaveURL(/\/cloud\/sign-in$/);
    await portal.advance(60);
    await signInTotp(owner, world, sam);
    await page.goto(told.link!);
    await expect(page.getByText(t.caseUndone)).toBeVisible();
  });

  test('E23: a no comes with its reason, word for word, and one may ask again', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    const sam = await portal.person('sam.okafor');
    const number = await reportLostPhone(page, world, sam);
    const desk = await visitor();
    await serve(desk, world, 'Q200001');
    await openCase(desk, number);
    await claim(desk, t);
    await press(desk, t.decline);
    await expectRefused(desk.getByLabel(t.reason, { exact: true }), t.reasonMissing);
    const before = await mailbox.mark();
    await desk.getByLabel(t.reason, { exact: true }).fill('Nobody answers on the number on record.');
    await press(desk, t.decline);
    await expectNews(desk, t.declined);
    const mail = await mailbox.newest(sam.login, before, (m) => m.subject.includes(number));
    expect(mail.text).toContain('Nobody answers on the number on record.');
    await page.goto(mail.link!);
    await expect(page.getByText(t.caseDeclined)).toBeVisible();
    await expect(page.getByText('Nobody answers on the number on record.')).toBeVisible();
    const next = await reportLostPhone(page, world, sam);
    expect(next).not.toBe(number);
  });

  test('E18 E20: faults are told at their fields, what was typed stays, and work is good for one post', async ({ page, portal, mailbox, t }) => {
    const sam = await portal.person('sam.okafor');
    await toLostPhone(page, { portal, mailbox, t }, sam);
    await expect(page.getByText(t.workDone)).toBeVisible({ timeout: 30_000 });
    await page.getByLabel(t.given, { exact: true }).fill('');
    await page.getByLabel(t.number, { exact: true }).fill('12');
    await page.getByLabel(t.caseEmail, { exact: true }).fill('not an address');
    await page.getByLabel(t.story, { exact: true }).fill('Lost in the woods');
    const old = await page.locator('input[name=work]').inputValue();
    await press(page, t.sendRequest);
    await expectRefused(page.getByLabel(t.given, { exact: true }), t.missingGiven);
    await expectRefused(page.getByLabel(t.number, { exact: true }), t.notANumber);
    await expectRefused(page.getByLabel(t.caseEmail, { exact: true }), t.notAnAddress);
    await expectRefused(page.getByRole('checkbox', { name: t.consent }), t.consentNeeded);
    await expect(page.getByLabel(t.story, { exact: true })).toHaveValue('Lost in the woods');
    await page.getByLabel(t.given, { exact: true }).fill('Sam');
    await page.getByLabel(t.caseEmail, { exact: true }).fill(sam.login);
    await fillLostPhone(page, t, '+49 171 5550199');
    // The work of the page before proves nothing here.
    await page.locator('input[name=work]').evaluate((input: HTMLInputElement, value) => (input.value = value), old);
    await press(page, t.sendRequest);
    await expectProblem(page, t.workNeeded);
    await expect(page.getByLabel(t.number, { exact: true })).toHaveValue('+49 171 5550199');
    await expect(page.getByText(t.workDone)).toBeVisible({ timeout: 30_000 });
    await page.getByLabel(t.caseProof, { exact: true }).fill('0000-0000-0000-0000');
    await press(page, t.sendRequest);
    await expectRefused(page.getByLabel(t.caseProof, { exact: true }), t.caseCodeWrong);
    await expect(page.getByLabel(t.caseProof, { exact: true })).toHaveValue('');
  });

  test('E23: a recovery code saves the wait', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    const sam = await portal.person('sam.okafor');
    await toLostPhone(page, world, sam);
    const before = await mailbox.mark();
    await fillLostPhone(page, t);
    await page.getByLabel(t.caseProof, { exact: true }).fill(sam.recovery_codes![0]!);
    await press(page, t.sendRequest);
    await expectHeading(page, t.caseState);
    const number = caseNumber(await mailbox.newest(sam.login, before, (m) => /LP-\d+/.test(m.subject)));
    const desk = await visitor();
    await serve(desk, world, 'Q200001');
    await openCase(desk, number);
    await claim(desk, t);
    await approve(desk, t);
    await mailbox.link(sam.login, 'replace', before);
  });

  test('the window closes unused, also while nobody looks; then one asks again', async ({ page, visitor, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    const sam = await portal.person('sam.okafor');
    const number = await reportLostPhone(page, world, sam);
    const desk = await visitor();
    await serve(desk, world, 'Q200001');
    await openCase(desk, number);
    await claim(desk, t);
    const before = await mailbox.mark();
    await approve(desk, t);
    const told = await mailbox.newest(sam.login, before, (m) => m.subject.includes(number));
    await portal.advance(COOL_DOWN + 60);
    const link = await mailbox.link(sam.login, 'replace', before);
    await portal.advance(48 * 3600);
    await page.goto(link);
    await expectHeading(page, t.linkDead);
    await page.goto(told.link!);
    await expect(page.getByText(t.caseLapsed)).toBeVisible();
    expect(await reportLostPhone(page, world, sam)).not.toBe(number);
    await openQueueAgain();

    /** The agent's session is long over: they sign in anew. */
    async function openQueueAgain(): Promise<void> {
      await desk.goto('/desk');
      await expect(desk).toHaveURL(/\/workforce\/sign-in$/);
    }
  });
});
