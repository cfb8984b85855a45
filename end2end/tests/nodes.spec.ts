import { Application } from '../fixtures/application';
import { policies } from '../fixtures/policies';
import type { Portal } from '../fixtures/portal';
import { ask, openRequest, toFirstChoice } from '../pages/approval';
import { expectHeading, expectNews, press } from '../pages/door';
import { expectSignedIn, givePassword } from '../pages/sign-in';
import { expect, test, type Page } from '../fixtures/test';

// Only in the project of that name: two nodes that share a PostgreSQL, behind nginx.

const MOBILE = '+491713920077';
const PORT = 9390 + Number(process.env.TEST_PARALLEL_INDEX ?? 0);
const POLICY = ['--policy', policies('agents', /localhost:9090/g, `localhost:${PORT}`)];

/** Longer than a dead node's claim to a message holds. */
const CLAIM = 61;

/**
 * Does something while a node is killed. Where no answer came, the person does it again,
 * as the page tells them. Afterwards the node is back, and what it had begun to send goes.
 */
async function whileOneDies(page: Page, portal: Portal, which: number, act: () => Promise<unknown>, done: () => Promise<unknown>): Promise<void> {
  const node = portal.nodes[which]!;
  await Promise.all([act(), node.stop('SIGKILL')]);
  const cameThrough = await Promise.race([done().then(() => true), new Promise<false>((resolve) => setTimeout(() => resolve(false), 4000))]).catch(() => false);
  if (!cameThrough) {
    // A form that was sent before the script was there ends at the proxy's own page.
    if (await page.getByRole('heading', { name: 'No answer came' }).isVisible()) await page.goBack();
    await act();
    await done();
  }
  await node.run();
  await portal.advance(CLAIM);
}

/** How often something stands in the trail. */
const inTrail = (portal: Portal, action: string): Promise<number> => portal.count(`SELECT count(*) FROM audit WHERE realm = 'agents' AND outcome = 'done' AND action = '${action}'`);

test.describe('nodes', () => {
  // What a dying node did not answer stands in the console.
  test.beforeEach(({ guard }) => guard.expect(/50[0-9]/, /ERR_/, /EventSource/, /HTTP status code is not ok/));

  test('D02 D05 D14: either node dies in the middle of a request, of its approval and of a code, and nothing is lost or done twice', { tag: '@nodes' }, async ({
    page,
    visitor,
    portal,
    mailbox,
    t,
  }) => {
    test.slow();
    const world = { portal, mailbox, t };
    await toFirstChoice(page, world);
    await page.goto('/agents/request/sms');
    const before = await mailbox.mark();
    const wish = { number: MOBILE, reason: 'On the road' };
    await whileOneDies(
      page,
      portal,
      0,
      () => ask(page, world, wish),
      () => expectNews(page, t.managerAsked),
    );
    const boss = await visitor();
    await openRequest(boss, world, before);
    await whileOneDies(
      boss,
      portal,
      1,
      () => press(boss, t.approveRequest),
      () => expectNews(boss, t.requestApproved),
    );
    await page.goto('/agents/request/sms');
    await press(page, t.setUpNow);
    await expectHeading(page, t.setNumber);
    const sent = await mailbox.mark();
    await whileOneDies(
      page,
      portal,
      0,
      () => press(page, t.sendLineCode),
      () => expectHeading(page, t.codeTitle),
    );
    const code = await mailbox.code(MOBILE, sent);
    await page.getByLabel(t.oneTimePassword, { exact: true }).fill(code);
    await whileOneDies(
      page,
      portal,
      1,
      () => press(page, t.confirm),
      () => expectSignedIn(page, t),
    );

    // Each fact once, whichever node it came from.
    for (const action of ['approval_asked', 'approval_given', 'approval_used']) {
      expect(await inTrail(portal, action), action).toBe(1);
    }
    expect(await portal.count("SELECT count(*) FROM factor WHERE kind = 'sms' AND removed_at IS NULL AND address = '+491713920077'")).toBe(1);
    // Nothing waits for ever, and nothing was given up.
    await expect.poll(() => portal.count('SELECT count(*) FROM outbox WHERE sent_at IS NULL')).toBe(0);
    expect(await portal.count('SELECT count(*) FROM outbox WHERE dead_at IS NOT NULL')).toBe(0);
    // A code goes to a telephone once, whoever died with it.
    const codes = (await mailbox.all(MOBILE)).filter((mail) => mail.time >= sent && mail.code);
    expect(new Set(codes.map((mail) => mail.code)).size).toBe(codes.length);
  });

  test.describe('with an application', () => {
    test.use({ serverArgs: POLICY });

    test('D15 D19: either node dies on the way from an application to it and back', { tag: '@nodes' }, async ({ page, portal, mailbox, t }) => {
      test.slow();
      const app = await Application.open(PORT);
      try {
        await app.learnOf(`${portal.url}/agents`);
        const miriam = await portal.person('mberg');
        await page.goto(`${app.url}/login`);
        const before = await mailbox.mark();
        await whileOneDies(
          page,
          portal,
          0,
          () => givePassword(page, t, miriam.login, miriam.password ?? '', 'agents'),
          () => expectHeading(page, t.codeTitle),
        );
        await page.getByLabel(t.oneTimePassword, { exact: true }).fill(await mailbox.code(miriam.number!, before));
        await portal.nodes[1]!.stop('SIGKILL');
        await press(page, t.signIn);
        await expectHeading(page, t.mayKnow);
        await portal.nodes[1]!.run();
        await portal.nodes[0]!.stop('SIGKILL');
        await press(page, t.allow);
        await expect(page.getByRole('heading', { name: 'Signed in' })).toBeVisible();
        await portal.nodes[0]!.run();
        expect(app.failures).toEqual([]);
        // The session is nobody's node's: the next application is entered without a question.
        await page.goto(`${app.url}/login`);
        await expect(page.getByRole('heading', { name: 'Signed in' })).toBeVisible();
        expect(app.learned).toHaveLength(2);
        expect(await inTrail(portal, 'sign_in')).toBe(1);
      } finally {
        await app.close();
      }
    });
  });
});
