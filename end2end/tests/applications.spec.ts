import { Application } from '../fixtures/application';
import { expectGoodPage } from '../fixtures/axe';
import { policies } from '../fixtures/policies';
import { expectHeading, expectNews, press, visit, type World } from '../pages/door';
import { expectSignedIn, givePassword } from '../pages/sign-in';
import { expect, test, type Page } from '../fixtures/test';

// One address for each worker: a redirect goes to the registered address and no other.
const PORT = 9190 + Number(process.env.TEST_PARALLEL_INDEX ?? 0);
const POLICY = ['--policy', policies('agents', /localhost:9090/g, `localhost:${PORT}`)];

/** Miriam gives password and code where the application sent her. */
async function signIn(page: Page, { portal, mailbox, t }: World): Promise<void> {
  const miriam = await portal.person('mberg');
  const before = await mailbox.mark();
  await givePassword(page, t, miriam.login, miriam.password ?? '', 'agents');
  await expectHeading(page, t.codeTitle);
  const sent = await mailbox.newest(miriam.number!, before);
  await page.getByLabel(t.oneTimePassword, { exact: true }).fill(sent.code!);
  await press(page, t.signIn);
}

test.describe('applications', () => {
  test.use({ serverArgs: POLICY });
  let app: Application;

  test.beforeEach(async ({ portal }) => {
    app = await Application.open(PORT);
    await app.learnOf(`${portal.url}/agents`);
  });
  test.afterEach(() => app.close());

  test('D15 D19 D22: an application sends its person here and gets them back, asked once what it may know', { tag: ['@german', '@nodes'] }, async ({ page, portal, mailbox, t, lang }) => {
    const world = { portal, mailbox, t };
    await page.goto(`${app.url}/login`);
    await expect(page).toHaveURL(/\/agents\/sign-in/);
    await signIn(page, world);
    await expectHeading(page, t.mayKnow);
    await expectGoodPage(page, lang);
    await press(page, t.allow);
    await expect(page).toHaveURL(new RegExp(`^${app.url}/callback`));
    await expect(page.getByRole('heading', { name: 'Signed in' })).toBeVisible();
    expect(app.failures).toEqual([]);
    const [first] = app.learned;
    expect(first!.info).toMatchObject({ name: 'Miriam Berg', preferred_username: 'mberg', email: 'miriam.berg@agents.example' });
    expect(first!.claims.amr).toEqual(expect.arrayContaining(['pwd', 'sms', 'mfa']));
    // The second application, or the same once more: nobody is asked anything.
    await page.goto(`${app.url}/login`);
    await expect(page.getByRole('heading', { name: 'Signed in' })).toBeVisible();
    expect(app.learned).toHaveLength(2);
    expect(app.learned[1]!.claims.sub).toBe(first!.claims.sub);
    // Signed out at the application is signed out here.
    await page.goto(`${app.url}/logout`);
    await expect(page).toHaveURL(`${app.url}/`);
    await page.goto('/agents/overview');
    await expect(page).toHaveURL(/\/agents\/sign-in/);
  });

  test('D15: who signs in directly finds the applications as tiles', async ({ page, portal, mailbox, t, lang }) => {
    await page.goto('/agents/sign-in');
    await signIn(page, { portal, mailbox, t });
    await expectSignedIn(page, t);
    await expect(page.getByRole('link', { name: t.learning })).toHaveAttribute('href', `${app.url}/`);
    await expectGoodPage(page, lang);
  });

  test('D15: what an application may know is taken back on the page of sessions, and asked anew', { tag: '@nodes' }, async ({ page, portal, mailbox, t, lang }) => {
    await page.goto(`${app.url}/login`);
    await signIn(page, { portal, mailbox, t });
    await press(page, t.allow);
    await expect(page.getByRole('heading', { name: 'Signed in' })).toBeVisible();
    await visit(page, '/agents/sessions');
    await expect(page.getByRole('heading', { name: t.consents })).toBeVisible();
    const card = page.locator('.card').filter({ hasText: t.learning });
    await expect(card).toContainText(t.learnsAddress);
    await expectGoodPage(page, lang);
    // By the keyboard alone; who only hears the page hears of which application.
    const opener = card.locator('summary');
    await expect(opener).toContainText(t.learning);
    await opener.focus();
    await page.keyboard.press('Enter');
    const submit = card.getByRole('button', { name: t.withdrawConsent });
    await expect(submit).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(submit).toBeFocused();
    await page.keyboard.press('Enter');
    await expectNews(page, t.consentWithdrawn);
    await expect(page.getByRole('heading', { name: t.consents })).toHaveCount(0);
    await page.goto(`${app.url}/login`);
    await expectHeading(page, t.mayKnow);
  });

  test('D15: what it may know can be declined, and a changed address is not followed', async ({ page, portal, mailbox, t, lang, guard }) => {
    guard.expect(/status of 400/);
    const world = { portal, mailbox, t };
    await page.goto(`${app.url}/login`);
    await signIn(page, world);
    await expectHeading(page, t.mayKnow);
    await press(page, t.decline);
    await expect(page.getByRole('heading', { name: 'Refused' })).toBeVisible();
    expect(app.failures).toEqual(['access_denied']);
    expect(app.learned).toEqual([]);
    app.more = { redirect_uri: `http://localhost:${PORT}/callback/` };
    await page.goto(`${app.url}/login`);
    await expectHeading(page, t.linkFault);
    await expectGoodPage(page, lang);
  });

  test.describe('without script', () => {
    test.use({ javaScriptEnabled: false });

    test('D19: the way there and back works without script', async ({ page, portal, mailbox, t }) => {
      await page.goto(`${app.url}/login`);
      await signIn(page, { portal, mailbox, t });
      await press(page, t.allow);
      await expect(page.getByRole('heading', { name: 'Signed in' })).toBeVisible();
      expect(app.failures).toEqual([]);
      expect(app.learned).toHaveLength(1);
    });
  });
});
