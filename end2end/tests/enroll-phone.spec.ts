import { expectGoodPage } from '../fixtures/axe';
import { signInStaff } from '../pages/admin';
import { expectHeading, expectNews, press } from '../pages/door';
import { accept, askPhone, IN_HAND, jonasWithPhone, number, showLink } from '../pages/phone';
import { expect, test } from '../fixtures/test';

test.describe('enroll-phone', () => {
  test('a new smartphone takes the place of the old one, which works until then', { tag: '@german' }, async ({ page, visitor, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    const old = await jonasWithPhone(page, visitor, world);
    const card = page.locator('.card').filter({ hasText: t.smartphone });
    await card.getByRole('link', { name: t.modify }).click();
    await expect(page.getByRole('heading', { name: t.newPhone })).toBeVisible();
    await expectGoodPage(page, lang);
    await press(page, t.addNewPhone);
    await expectHeading(page, t.addPhoneTitle);
    const link = await page.getByRole('main').getByRole('link').first().getAttribute('href');
    // The old one answers still.
    const computer = await visitor();
    await askPhone(computer, world, 'Q471108');
    await accept(old, world, await number(computer).innerText());
    await expectHeading(computer, t.pinTitle);
    const fresh = await visitor(IN_HAND);
    await fresh.goto(link!);
    await expectHeading(fresh, t.addThisPhone);
    await press(fresh, t.addPhone);
    await expectNews(fresh, t.phoneAdded);
    await expectNews(page, t.phoneAdded);
    await expect(card).toHaveCount(1);
    await old.reload();
    await expectHeading(old, t.noPhoneHere);
  });

  test('A21: a link adds the phone that opens it, once, and everybody on record is told', { tag: '@german' }, async ({
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
