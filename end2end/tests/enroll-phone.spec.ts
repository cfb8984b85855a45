import { expectGoodPage } from '../fixtures/axe';
import { signInStaff } from '../pages/admin';
import { expectHeading, expectNews, press } from '../pages/door';
import { IN_HAND, showLink } from '../pages/phone';
import { expect, test } from '../fixtures/test';

test.describe('enroll-phone', () => {
  test('A21: a link adds the phone that opens it, once, and everybody on record is told', async ({
    page,
    visitor,
    portal,
    mailbox,
    t,
    lang,
  }) => {
    const world = { portal, mailbox, t };
    await signInStaff(page, world, 'Q471108');
    const link = await showLink(page, world);
    await expectGoodPage(page, lang);
    const before = await mailbox.mark();

    const phone = await visitor(IN_HAND);
    await phone.goto(link);
    await expectHeading(phone, t.addThisPhone);
    await expect(phone.getByText('Q471108')).toBeVisible();
    await expectGoodPage(phone, lang);
    await press(phone, t.addPhone);
    await expectNews(phone, t.phoneAdded);
    await expectHeading(phone, t.phoneNothing);
    await expect(phone.getByText('Q471108')).toBeVisible();
    await expectGoodPage(phone, lang);

    // The other screen goes on by itself.
    await expectNews(page, t.phoneAdded);
    await expectHeading(page, t.overviewTitle);
    await expect(page.locator('.card').filter({ hasText: t.smartphone })).toBeVisible();
    await mailbox.newest('jonas.berger@workforce.example', before, () => true);

    const second = await visitor(IN_HAND);
    await second.goto(link);
    await expectHeading(second, t.linkUsed);
  });

  test('a browser that is no phone is told how it becomes one', async ({ page, t, lang }) => {
    await page.goto('/phone');
    await expectHeading(page, t.noPhoneHere);
    await expectGoodPage(page, lang);
  });
});
