import { choose, toChoice } from '../pages/enroll';
import { expectHeading, expectProblem, press } from '../pages/door';
import { signInTotp } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

test.describe('choose-method', () => {
  test('B11 B12: the first sign-in requires a second factor; the chooser says what each needs, how strong it is and what if it is lost', async ({ page, portal, mailbox, t }) => {
    await toChoice(page, { portal, mailbox, t }, await portal.person('nora.new'));
    await expect(page.getByText(t.step(2, 4))).toBeAttached();
    const radios = page.getByRole('radio');
    await expect(radios).toHaveCount(3);
    const [passkey, totp, email] = [t.passkeyChoice, t.totpChoice, t.emailChoice].map((name) =>
      page.locator('label.choice').filter({ has: page.getByText(name, { exact: true }) }),
    );
    await expect(passkey!).toContainText(t.aboutPasskey);
    await expect(passkey!).toContainText(t.recommended);
    await expect(totp!).toContainText(t.aboutTotp);
    await expect(email!).toContainText(t.aboutEmail);
    await expect(email!).toContainText('n•••••@customers.example');
    // B14: marked as weak.
    await expect(email!).toContainText(t.lessSafe);
    await expect(page.getByRole('main')).toContainText(t.lost);
  });

  test('B11: nothing else opens before a method is set up', async ({ page, portal, mailbox, t }) => {
    await toChoice(page, { portal, mailbox, t }, await portal.person('nora.new'));
    for (const place of ['overview', 'sessions', 'profile', 'add', 'recovery-codes', 'confirm', 'test']) {
      await page.goto(`/customers/${place}`);
      await expect(page, place).toHaveURL(/\/customers\/sign-in$/);
      await expectHeading(page, t.chooseTitle);
    }
  });

  test('the keyboard alone chooses', async ({ page, portal, mailbox, t }) => {
    await toChoice(page, { portal, mailbox, t }, await portal.person('nora.new'));
    await page.getByRole('radio', { checked: true }).focus();
    for (let n = 0; n < 3; n += 1) {
      if (await page.getByRole('radio', { name: t.totpChoice }).isChecked()) break;
      await page.keyboard.press('ArrowDown');
    }
    await expect(page.getByRole('radio', { name: t.totpChoice })).toBeChecked();
    await page.keyboard.press('Enter');
    await expectHeading(page, t.totpTitle);
  });

  test('cancel leads back to the choice, and from there out', async ({ page, portal, mailbox, t }) => {
    await toChoice(page, { portal, mailbox, t }, await portal.person('nora.new'));
    await choose(page, t, t.totpChoice);
    await expectHeading(page, t.totpTitle);
    await press(page, t.cancel);
    await expectHeading(page, t.chooseTitle);
    await press(page, t.cancel);
    await expectHeading(page, t.signIn);
  });

  test('a method that is not offered is refused', async ({ page, portal, mailbox, t }) => {
    await toChoice(page, { portal, mailbox, t }, await portal.person('nora.new'));
    await page.getByRole('radio', { name: t.totpChoice }).evaluate((radio: HTMLInputElement) => (radio.value = 'sms'));
    await page.getByRole('radio', { name: t.totpChoice }).check();
    await press(page, t.continue);
    // The summary has the first sentence, the field all of it.
    await expectProblem(page, t.notOffered.split('.')[0]!);
    await expect(page.locator('#method-e')).toContainText(t.notOffered);
    await expectHeading(page, t.chooseTitle);
  });

  test('a second way is added from the overview', async ({ page, portal, mailbox, t }) => {
    await signInTotp(page, { portal, mailbox, t }, await portal.person('tess.totp'));
    await page.getByRole('link', { name: t.addTitle, exact: true }).click();
    await expectHeading(page, t.addTitle);
    await expect(page.getByRole('radio')).toHaveCount(3);
    await press(page, t.cancel);
    await expectHeading(page, t.overviewTitle);
  });
});
