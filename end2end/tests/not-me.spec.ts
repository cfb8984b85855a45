import { openPerson, signInAda } from '../pages/admin';
import { card } from '../pages/enroll';
import { expectHeading, expectNews, expectProblem, press, visit } from '../pages/door';
import { askForReset } from '../pages/reset';
import { signInPasskey } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

test.describe('not-me', () => {
  test('one press ends sessions and freezes changes; the service desk lifts it', async ({ page, portal, mailbox, t, visitor, plugIn }) => {
    const world = { portal, mailbox, t };
    const max = await portal.person('max.multi');
    const before = await mailbox.mark();
    const key = await plugIn(page);
    await key.hold(max);
    await signInPasskey(page, world, key, max);
    await visit(page, '/customers/recovery-codes');
    await press(page, t.codesOffer);
    await expectHeading(page, t.codesTitle);
    const link = await mailbox.link(max.login, 'not-me', before);

    // Opening it changes nothing.
    const owner = await visitor();
    await visit(owner, link);
    await expectHeading(owner, t.notMe);
    await page.goto('/customers/overview');
    await expectHeading(page, t.overviewTitle);

    await press(owner, t.notMe);
    await expectHeading(owner, t.protected);
    await expect(owner.getByRole('main').getByRole('link', { name: /\+49/ })).toBeVisible();
    await page.goto('/customers/overview');
    await expect(page).toHaveURL(/\/customers\/sign-in$/);
    await visit(owner, link);
    await expectHeading(owner, t.protected);

    // Frozen: signing in works, changing does not.
    await signInPasskey(page, world, key, max);
    await expect(page.getByText(t.frozen, { exact: true })).toBeVisible();
    const remove = card(page, t.totpChoice).getByRole('button', { name: t.remove, exact: true });
    await expect(remove).toHaveAttribute('aria-disabled', 'true');
    await visit(page, '/customers/recovery-codes');
    await press(page, t.codesOffer);
    await expectProblem(page, t.changesRefused);

    // A forgotten password is frozen too, and does not say so.
    const asked = await mailbox.mark();
    await askForReset(owner, t, max.login);
    await mailbox.expectNone(max.login, asked, (mail) => mail.link?.includes('/reset/') ?? false);

    const desk = await visitor();
    await signInAda(desk, world);
    await openPerson(desk, world, 'customers', 'max.multi', 'Max Möller');
    await desk.locator('summary').filter({ hasText: t.liftFreeze }).click();
    const lifted = await mailbox.mark();
    await press(desk, t.liftFreeze);
    await expectNews(desk, t.freezeLifted);
    await mailbox.newest(max.login, lifted);
    await page.goto('/customers/overview');
    await expect(page.getByText(t.frozen, { exact: true })).toHaveCount(0);
  });

  test('a link that never was says so', async ({ page, t }) => {
    await visit(page, '/customers/not-me/0123456789abcdef0123456789abcdef0123456789a');
    await expectHeading(page, t.linkUnknown);
  });
});
