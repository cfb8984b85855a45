import { expectGoodPage } from '../fixtures/axe';
import { signInStaff } from '../pages/admin';
import { expectHeading, expectNews, expectRefused, press } from '../pages/door';
import { signInPasskey } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

test.describe('change-pin', () => {
  test('A21 A22 A23 A24 A25: the PIN is modified and tested, and the new one works at once', { tag: '@german' }, async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const jonas = await portal.person('Q471108');
    const key = await signInStaff(page, world, jonas.login);
    const card = page.locator('.card').filter({ hasText: t.pin });
    await card.getByRole('link', { name: t.modify }).click();
    await expectHeading(page, t.pin);
    await expect(page.getByRole('button', { name: t.test })).toBeVisible();
    await expectGoodPage(page, lang);
    await page.getByRole('link', { name: t.modify, exact: true }).click();
    await expectHeading(page, t.changePin);
    await expectGoodPage(page, lang);
    const [fresh, again] = [page.getByLabel(t.newPin, { exact: true }), page.getByLabel(t.newPinAgain, { exact: true })];
    for (const [weak, why] of [['123456', t.pinEasy], ['471108', t.pinOwnNumber], ['1234', t.pinShort]] as const) {
      await fresh.fill(weak);
      await again.fill(weak);
      await press(page, t.save);
      await expectRefused(fresh, why);
    }
    await fresh.fill('740518');
    await again.fill('740519');
    await press(page, t.save);
    await expectRefused(again, t.pinDiffers);
    await expectGoodPage(page, lang);
    await fresh.fill('740518');
    await again.fill('740518');
    const before = await mailbox.mark();
    await press(page, t.save);
    await expectNews(page, t.pinChanged);
    await expectHeading(page, t.overviewTitle);
    await mailbox.newest('jonas.berger@workforce.example', before, () => true);

    await press(page, t.signOut);
    await expectHeading(page, t.signIn);
    await signInPasskey(page, world, key, { ...jonas, pin: '740518' });
  });
});
