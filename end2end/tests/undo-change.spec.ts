import { nameAddress } from '../pages/capture';
import { expectHeading, press, visit } from '../pages/door';
import { expectSignedIn, giveCode, signInEmail } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

const OLD = 'maria@autohaus-lenz.example';
const NEW = 'm.lenz@autohaus-lenz.example';

test.describe('undo-change', () => {
  test('C13: the notice to the old address takes the change back for seven days', async ({ page, visitor, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    const maria = await portal.person('lenz01');
    await signInEmail(page, world, maria, OLD);
    await visit(page, '/dealers/profile');
    await page.getByRole('link', { name: t.changeAddress, exact: true }).click();
    await expectHeading(page, t.changeAddressTitle);
    const before = await mailbox.mark();
    await nameAddress(page, t, NEW);
    await expectHeading(page, t.otpTitle);
    await giveCode(page, t, await mailbox.code(NEW, before));
    await expectSignedIn(page, t);
    const notice = await mailbox.newest(OLD, before, (m) => m.text.includes('/dealers/undo/'));
    expect(notice.text).toMatch(/7 (days|Tage)/);
    const undo = /http\S+\/dealers\/undo\/\S+/.exec(notice.text)![0];

    await portal.advance(6 * 86_400);
    const owner = await visitor();
    await visit(owner, undo);
    await expectHeading(owner, t.undoTitle);
    await press(owner, t.undo);
    await expectHeading(owner, t.undone);
    await signInEmail(owner, world, maria, OLD);
    // It works once.
    const again = await visitor();
    await visit(again, undo);
    await expectHeading(again, t.undone);
    await expect(again.getByRole('button', { name: t.undo, exact: true })).toHaveCount(0);
  });

  test('C13: after seven days it is too late', async ({ page, visitor, portal, mailbox, t }) => {
    const world = { portal, mailbox, t };
    const maria = await portal.person('lenz01');
    await signInEmail(page, world, maria, OLD);
    await visit(page, '/dealers/add');
    const before = await mailbox.mark();
    await nameAddress(page, t, NEW);
    await expectHeading(page, t.otpTitle);
    await giveCode(page, t, await mailbox.code(NEW, before));
    await expectSignedIn(page, t);
    const notice = await mailbox.newest(OLD, before, (m) => m.text.includes('/dealers/undo/'));
    const undo = /http\S+\/dealers\/undo\/\S+/.exec(notice.text)![0];
    await portal.advance(7 * 86_400 + 60);
    const late = await visitor();
    await late.goto(undo);
    await expectHeading(late, t.linkDead);
  });
});
