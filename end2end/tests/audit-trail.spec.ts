import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fetched, signInAda, signInStaff } from '../pages/admin';
import { expectHeading, expectRefused, press, visit } from '../pages/door';
import { givePassword, signInTotp } from '../pages/sign-in';
import { expectAccessible, expectGoodPage } from '../fixtures/axe';
import { expect, test, type Page } from '../fixtures/test';

const PAGE = '/admin/customers/audit';

/** The entries on the page, without the row of the titles. */
const rows = (page: Page) => page.locator('tbody').getByRole('row');

/** The page, once the sealer has sealed what is there. */
async function sealed(page: Page, sealedLabel: string): Promise<void> {
  await expect(async () => {
    await page.goto(PAGE);
    const count = page.locator('dt', { hasText: sealedLabel }).locator('+ dd');
    expect(Number(await count.innerText({ timeout: 1000 }))).toBeGreaterThan(0);
  }).toPass();
}

test.describe('audit trail', () => {
  test('it shows who did what, newest first, and opens to the rest', { tag: '@german' }, async ({ page, portal, mailbox, t, lang, visitor }) => {
    const world = { portal, mailbox, t };
    const tess = await portal.person('tess.totp');
    const hers = await visitor();
    await visit(hers, '/customers/sign-in');
    await givePassword(hers, t, tess.login, 'wrong-guess-number-1');
    await expect(hers.locator('#problem')).toBeVisible();
    await signInTotp(hers, world, tess);
    await signInAda(page, world);

    // The ways there: from the list of realms, and along the side.
    await visit(page, '/admin');
    await page.locator(`main a[href="${PAGE}"]`).click();
    await expectHeading(page, t.trail);
    await expect(page.locator(`nav a[href="${PAGE}"]`)).toHaveAttribute('aria-current', 'page');
    await expect(page).toHaveURL(new RegExp(`${PAGE}$`));

    const newest = rows(page).first();
    await expect(newest).toContainText(t.actionSignIn);
    await expect(newest).toContainText('Tess Tollmann');
    await expect(newest).toContainText(tess.login);
    await expect(newest).toContainText(t.trailDone);
    await expect(newest).toContainText('127.0.0.1');
    // Nothing secret stands anywhere.
    const text = await page.content();
    for (const secret of [tess.password!, tess.totp_secret!, 'wrong-guess-number-1']) expect(text).not.toContain(secret);

    // By keyboard: the rest of an entry.
    await expect(newest.getByText(t.trailBrowser, { exact: true })).toBeHidden();
    await newest.locator('summary').focus();
    await page.keyboard.press('Enter');
    await expect(newest.getByText(t.trailBrowser, { exact: true })).toBeVisible();
    await expect(newest).toContainText(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
    await expectGoodPage(page, lang);
  });

  test('it is searched by person, action and result; what it cannot read is said at the field', { tag: '@german' }, async ({ page, portal, mailbox, t, visitor }) => {
    const world = { portal, mailbox, t };
    const tess = await portal.person('tess.totp');
    const hers = await visitor();
    await visit(hers, '/customers/sign-in');
    await givePassword(hers, t, tess.login, 'wrong-guess-number-1');
    await expect(hers.locator('#problem')).toBeVisible();
    await signInTotp(hers, world, tess);
    await signInAda(page, world);
    await visit(page, PAGE);
    await page.getByLabel(t.trailPerson, { exact: true }).fill('tollm');
    await page.getByLabel(t.trailAction, { exact: true }).selectOption(t.actionProof);
    await page.getByLabel(t.trailResult, { exact: true }).selectOption(t.trailRefused);
    await press(page, t.search);
    await expect(page).toHaveURL(/\?person=tollm&action=proof&result=refused$/);
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page).first()).toContainText(t.trailRefused);
    await expect(page.getByLabel(t.trailPerson, { exact: true })).toHaveValue('tollm');
    await expect(page.getByLabel(t.trailAction, { exact: true })).toHaveValue('proof');

    // The exports hold the same, and no other entry.
    for (const [name, format] of [[t.trailCsv, 'CSV'], [t.trailJson, 'JSON']] as const) {
      await press(page, name);
      await expectHeading(page, t.transferExportAudit);
      const file = await fetched(page, t.transferDownload(format));
      expect(file.name).toBe(`audit-customers.${format.toLowerCase()}`);
      const entries = format === 'JSON' ? (JSON.parse(file.text) as unknown[]).length : file.text.trim().split('\r\n').length - 1;
      expect(entries).toBe(1);
      expect(file.text).toContain('tess.totp@customers.example');
      await page.goBack();
      await expectHeading(page, t.trail);
    }

    await page.getByRole('link', { name: t.trailShowAll, exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`${PAGE}$`));
    // Both exports stand in the trail: when they began, ended and left.
    for (const format of ['csv', 'json']) {
      const about = `audit trail, ${format}, action proof, result refused, person tollm`;
      await expect(rows(page).filter({ hasText: about })).toHaveCount(3);
    }

    await visit(page, `${PAGE}?person=nobody-of-this-name`);
    await expect(page.getByRole('heading', { name: t.trailNothing })).toBeVisible();
    await expectAccessible(page);
    await visit(page, `${PAGE}?action=everything`);
    await expectRefused(page.getByLabel(t.trailAction, { exact: true }), t.noSuchAction);
    await expect(page).toHaveTitle(/^(Error|Fehler): /);
    await expectAccessible(page);
  });

  test('"Verify now" says that it is whole, and sees a head that was not signed here', async ({ page, portal, mailbox, t }) => {
    await signInAda(page, { portal, mailbox, t });
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, 'nobody@customers.example', 'wrong-guess-number-1');
    await expect(page.locator('#problem')).toBeVisible();
    await sealed(page, t.trailSealed);
    await visit(page, `${PAGE}?result=refused`);
    await press(page, t.trailVerify);
    await expect(page.getByRole('status').filter({ hasText: t.trailWhole })).toBeVisible();
    await expect(page.getByLabel(t.trailResult, { exact: true })).toHaveValue('refused');
    await expectAccessible(page);

    const head = path.join(portal.data, 'audit-head.json');
    const signed = await readFile(head, 'utf8');
    await writeFile(head, signed.replace(/"hash":"./, '"hash":"x'));
    await press(page, t.trailVerify);
    await expect(page.getByRole('status').filter({ hasText: t.trailForged })).toBeVisible();
    await expectAccessible(page);
  });

  test('an auditor finds the trail of every realm, and nothing else of administration', async ({ page, portal, mailbox, t, guard }) => {
    guard.expect(/403/);
    await signInStaff(page, { portal, mailbox, t }, 'Q300001');
    await visit(page, '/admin');
    await expectHeading(page, t.administration);
    const ways = await page.locator('main a[href^="/admin/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    // The trail, and the exports of it.
    expect(ways.length).toBe(10);
    for (const way of ways) expect(way).toMatch(/^\/admin\/[a-z]+\/(audit|transfers)$/);
    await page.locator(`main a[href="${PAGE}"]`).click();
    await expectHeading(page, t.trail);
    await expect(page.locator('nav a[href*="/people"], nav a[href*="/invitations"], nav a[href*="/policy"]')).toHaveCount(0);
    for (const closed of ['/admin/customers/people', '/admin/customers/policy']) {
      expect((await page.goto(closed))?.status()).toBe(403);
    }
  });

  test('without script it is searched, paged and verified as well', async ({ page, portal, mailbox, t, visitor }) => {
    await signInAda(page, { portal, mailbox, t });
    // More than a page of entries: tries of nobody, one address at a time.
    const plain = portal.plain();
    for (let n = 0; n < 52; n += 1) {
      await plain.post('/api/reset-password/ask', { realm: 'customers', login: `nobody-${n}@customers.example` });
    }
    await sealed(page, t.trailSealed);
    const bare = await visitor({ javaScriptEnabled: false, storageState: await page.context().storageState() });
    await bare.goto(PAGE);
    await expect(rows(bare)).toHaveCount(50);
    const first = await rows(bare).first().locator('time').getAttribute('datetime');
    await bare.getByRole('link', { name: t.trailNext, exact: true }).click();
    await expect(bare).toHaveURL(/\?after=/);
    await expect(rows(bare).first()).toBeVisible();
    expect(await rows(bare).first().locator('time').getAttribute('datetime')).not.toBe(first);
    await bare.getByRole('link', { name: t.trailFirst, exact: true }).click();
    await expect(rows(bare)).toHaveCount(50);
    await rows(bare).first().locator('summary').click();
    await expect(rows(bare).first().getByText(t.trailPlace, { exact: true })).toBeVisible();
    await press(bare, t.trailVerify);
    await expect(bare).toHaveURL(new RegExp(`${PAGE}$`));
    await expect(bare.getByRole('status').filter({ hasText: t.trailWhole })).toBeVisible();
    await bare.getByLabel(t.trailResult, { exact: true }).selectOption(t.trailDone);
    await press(bare, t.search);
    await expect(bare).toHaveURL(/result=done/);
  });
});
