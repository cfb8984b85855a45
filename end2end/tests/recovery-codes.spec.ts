import { readFileSync } from 'node:fs';
import { choose, enrollTotp, toChoice } from '../pages/enroll';
import { expectHeading, expectNews, expectRefused, press, visit } from '../pages/door';
import { expectSignedIn, giveCode, givePassword, signInTotp } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

const CODE = /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/;

test.describe('recovery-codes', () => {
  test('offered after the first set-up, shown once, kept before one goes on; one of them signs in', async ({ page, portal, mailbox, t, context }) => {
    const nora = await portal.person('nora.new');
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await toChoice(page, { portal, mailbox, t }, nora);
    await choose(page, t, t.totpChoice);
    await enrollTotp(page, { portal, mailbox, t });
    await expectHeading(page, t.codesOffer);
    await expect(page.getByText(t.step(4, 4))).toBeAttached();
    await press(page, t.codesOffer);
    await expectHeading(page, t.codesTitle);
    const list = page.getByRole('list', { name: t.codesList, exact: true }).getByRole('listitem');
    await expect(list).toHaveCount(10);
    const codes = await list.allInnerTexts();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(CODE);

    // Not kept yet: the button says so and waits.
    const saved = page.getByRole('button', { name: t.codesSaved, exact: true });
    await expect(saved).toHaveAttribute('aria-disabled', 'true');
    await expect(saved).toHaveAccessibleDescription(t.codesSaveFirst);
    await saved.click({ force: true });
    await expectHeading(page, t.codesTitle);

    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: t.download, exact: true }).click();
    const file = readFileSync(await (await download).path(), 'utf8');
    for (const code of codes) expect(file).toContain(code);
    expect(file).toContain(nora.login);

    await saved.click();
    await expectNews(page, t.codesReady);
    await expect(page.getByText(t.codesLeft(10))).toBeVisible();
    await page.goto('/customers/recovery-codes');
    await expectHeading(page, t.codesOffer);
    for (const code of codes) await expect(page.getByText(code)).toHaveCount(0);

    await page.goto('/customers/overview');
    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    const before = await mailbox.mark();
    await givePassword(page, t, nora.login, nora.password ?? '');
    await press(page, t.anotherWay);
    await press(page, t.wayRecovery);
    await page.getByLabel(t.recoveryCode, { exact: true }).fill(codes[3]!);
    await press(page, t.confirm);
    await expectSignedIn(page, t);
    await expect(page.getByText(t.codesLeft(9))).toBeVisible();
    await mailbox.newest(nora.login, before);
  });

  test('copied and printed', async ({ page, portal, mailbox, t, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.addInitScript(() => {
      // The page's own policy forbids reading the clipboard back.
      const write = navigator.clipboard.writeText.bind(navigator.clipboard);
      navigator.clipboard.writeText = (text) => {
        document.documentElement.dataset.copied = text;
        return write(text);
      };
      window.print = () => {
        document.documentElement.dataset.printed = 'yes';
      };
    });
    await signInTotp(page, { portal, mailbox, t }, await portal.person('tess.totp'));
    await visit(page, '/customers/recovery-codes');
    await press(page, t.codesOffer);
    await expectHeading(page, t.codesTitle);
    const [code] = await page.getByRole('list', { name: t.codesList, exact: true }).getByRole('listitem').allInnerTexts();
    await press(page, t.copy);
    await expect(page.getByText(t.codesCopied, { exact: true })).toBeVisible();
    expect(await page.locator('html').getAttribute('data-copied')).toContain(code);
    await press(page, t.print);
    await expect(page.locator('html')).toHaveAttribute('data-printed', 'yes');
    // On paper: the codes and whose they are, and nothing to press.
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByText(code!, { exact: true })).toBeVisible();
    await expect(page.getByRole('button')).toHaveCount(0);
    await page.emulateMedia({ media: 'screen' });
    await press(page, t.codesSaved);
    await expectNews(page, t.codesReady);
  });

  test('new codes make the old ones void', async ({ page, portal, mailbox, t, visitor }) => {
    const tess = await portal.person('tess.totp');
    await signInTotp(page, { portal, mailbox, t }, tess);
    const before = await mailbox.mark();
    await page.getByRole('link', { name: t.makeNewCodes, exact: true }).click();
    await expectHeading(page, t.codesOffer);
    await expect(page.getByText(t.codesLeft(10))).toBeVisible();
    await press(page, t.codesOffer);
    await expectHeading(page, t.codesTitle);
    await mailbox.newest(tess.login, before);
    const other = await visitor();
    await other.goto('/customers/sign-in');
    await givePassword(other, t, tess.login, tess.password ?? '');
    await press(other, t.anotherWay);
    await press(other, t.wayRecovery);
    await other.getByLabel(t.recoveryCode, { exact: true }).fill(tess.recovery_codes![0]!);
    await press(other, t.confirm);
    await expectRefused(other.getByLabel(t.recoveryCode, { exact: true }), t.wrongRecovery);
  });

  test('an old proof must be renewed first', async ({ page, portal, mailbox, t }) => {
    const tess = await portal.person('tess.totp');
    await signInTotp(page, { portal, mailbox, t }, tess);
    await portal.advance(6 * 60);
    await visit(page, '/customers/recovery-codes');
    await expectHeading(page, t.codeTitle);
    await giveCode(page, t, await portal.totp(tess.totp_secret ?? ''));
    await expectHeading(page, t.codesOffer);
  });
});
